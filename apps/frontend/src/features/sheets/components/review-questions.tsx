'use client';

import type { SheetOverlap } from '@outdial/contracts';
import type { CountryCode } from '@outdial/sheets';
import { Globe, History, type LucideIcon, Plus, Receipt } from 'lucide-react';
import type { ReactNode } from 'react';
import { TimeAgo } from '@/components/call/time';
import { Select } from '@/components/ui/field';
import { countryChoices } from '@/lib/countries';
import { plural } from '@/lib/format';
import { formatPhone } from '@/lib/phone';
import type { ReadState, SheetReview } from '../sheet-review';
import { Choice } from './choice';

export type KnownAnswer = 'new' | 'all';

interface ReviewQuestionsProps {
  readonly review: SheetReview;
  readonly state: ReadState;
  readonly overlap: SheetOverlap | null;
  readonly answer: KnownAnswer;
  readonly onAnswer: (answer: KnownAnswer) => void;
}

/** Only what the file left open, each with a safe answer chosen. */
export function ReviewQuestions({ review, state, overlap, answer, onAnswer }: ReviewQuestionsProps) {
  const isCountryAsked = state.preview.guess.countryFits.length > 1 || state.mapping.country !== undefined;
  const doubts = state.summary?.doubts ?? null;
  const isReadingAsked =
    doubts !== null && (doubts.reading !== 'home' || state.mapping.reading !== undefined);
  const premium = state.summary?.reasons.premium ?? 0;
  const isPremiumAsked = premium > 0 || state.mapping.also?.includes('premium');
  if (!isCountryAsked && !isReadingAsked && !overlap && !isPremiumAsked) return null;
  return (
    <section aria-label="Questions about the sheet" className="divide-y rounded-lg border bg-surface">
      {isCountryAsked && <CountryQuestion review={review} state={state} />}
      {isReadingAsked && <ReadingQuestion review={review} state={state} />}
      {isPremiumAsked && (
        <Question
          icon={Receipt}
          answers={
            <Choice
              label="Premium numbers"
              value={state.mapping.also?.includes('premium') ? 'dial' : 'leave'}
              options={[
                { value: 'leave', words: 'Leave them out' },
                { value: 'dial', words: 'Dial them' },
              ]}
              onChange={(value) => review.setMapping({ also: value === 'dial' ? ['premium'] : [] })}
            />
          }
        >
          <b className="font-medium">Some numbers cost extra to call.</b>{' '}
          {premium > 0 && `${plural(premium, 'row')} left out.`}
        </Question>
      )}
      {overlap && (
        <Question
          icon={History}
          answers={
            <Choice
              label="Numbers that were uploaded before"
              value={answer}
              options={[
                { value: 'new', words: 'Only the new ones' },
                { value: 'all', words: 'Everybody again, as a run of its own' },
              ]}
              onChange={onAnswer}
            />
          }
        >
          <b className="font-medium">
            {overlap.shared} of these numbers are in “{overlap.name}”,
          </b>{' '}
          which you uploaded <TimeAgo instant={overlap.createdAt} />.
        </Question>
      )}
    </section>
  );
}

function Question({
  icon: Icon,
  children,
  answers,
}: {
  icon: LucideIcon;
  children: ReactNode;
  answers: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <Icon aria-hidden="true" className="size-4.5 shrink-0 text-accent" />
      <p className="min-w-56 flex-1">{children}</p>
      {answers}
    </div>
  );
}

const nameOf = (country: CountryCode) =>
  countryChoices().find(({ code }) => code === country)?.name ?? country;

function CountryQuestion({ review, state }: { review: SheetReview; state: ReadState }) {
  const { countryFits } = state.preview.guess;
  const country = state.mapping.country ?? state.country;
  const others = countryFits.filter((fit) => fit.country !== state.country);
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return (
    <Question
      icon={Globe}
      answers={
        <Select
          aria-label="Country of numbers without one"
          className="w-56"
          value={country}
          onChange={({ target }) => review.setMapping({ country: target.value as CountryCode })}
        >
          {countryFits.map((fit) => (
            <option key={fit.country} value={fit.country}>
              {nameOf(fit.country)} ({percent(fit.share)} fit)
            </option>
          ))}
          <hr />
          {countryChoices().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      }
    >
      <b className="font-medium">Numbers without a country code are read as of {nameOf(country)}.</b>{' '}
      {others.length > 0 && 'Not all would fit everywhere: choose where these people are.'}
    </Question>
  );
}

function ReadingQuestion({ review, state }: { review: SheetReview; state: ReadState }) {
  const doubts = state.summary?.doubts;
  if (!doubts) return null;
  const { example, cells, bare, fitHome, fitAbroad, reading } = doubts;
  const country = state.mapping.country ?? state.country;
  const shown = (phone: string | null) => (phone ? formatPhone(phone, '') : 'no number in use');
  return (
    <Question
      icon={Plus}
      answers={
        <Choice
          label="How numbers without a plus are read"
          value={state.mapping.reading ?? (reading === 'unsure' ? null : reading)}
          options={[
            { value: 'abroad', words: 'With a country code' },
            { value: 'home', words: `Of ${nameOf(country)}` },
          ]}
          onChange={(value) => review.setMapping({ reading: value })}
        />
      }
    >
      <b className="font-medium">{plural(cells, 'number')} can be read in two ways.</b> “{example.value}” is{' '}
      {shown(example.abroad)} with a country code, {shown(example.home)} at home. Of {bare} without a plus,{' '}
      {fitAbroad} fit the first and {fitHome} the second.{' '}
      {reading === 'unsure' && 'None of them is dialed until you choose.'}
    </Question>
  );
}
