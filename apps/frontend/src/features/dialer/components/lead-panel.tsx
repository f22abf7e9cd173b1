'use client';

import { Clock, UserRound } from 'lucide-react';
import { DataList } from '@/components/call/data-list';
import { EarlierCalls } from '@/components/call/earlier-calls';
import { PhoneNumber } from '@/components/call/phone-number';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/notice';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { useNow } from '@/hooks/use-now';
import { cn } from '@/lib/cn';
import { contactTime } from '@/lib/contact-time';
import { phoneCountry } from '@/lib/phone';
import type { PresentLead } from '../dialer-view';

interface LeadPanelProps {
  readonly present: PresentLead | null;
  /** Whether there may be leads once the sheet has been taken in. */
  readonly isComing: boolean;
  readonly callId: string | undefined;
  readonly className?: string;
}

/** Who: name, number, their time of day, all columns of the sheet, earlier calls. */
export function LeadPanel({ present, isComing, callId, className }: LeadPanelProps) {
  return (
    <ScrollRegion
      label="Lead"
      className={cn('flex min-h-0 flex-col gap-4 rounded-lg border bg-surface p-4', className)}
    >
      {present ? (
        <LeadDetails key={present.lead.id} present={present} callId={callId} />
      ) : isComing ? (
        <EmptyState icon={UserRound} title="Nobody to call yet">
          Leads come once the sheet has been taken in.
        </EmptyState>
      ) : (
        <EmptyState icon={UserRound} title="Nobody left to call">
          Every lead of this sheet has been dialed.
        </EmptyState>
      )}
    </ScrollRegion>
  );
}

function LeadDetails({
  present: { lead, is },
  callId,
}: {
  present: PresentLead;
  callId: string | undefined;
}) {
  const hasData = Object.keys(lead.data).length > 0;
  return (
    <>
      <header>
        <div className="mb-1 flex h-5 items-center gap-2">
          <Badge>{is === 'current' ? 'Now' : 'Next'}</Badge>
          <span className="text-xs text-muted">Line {lead.line}</span>
          {lead.attempts > 1 && <span className="text-xs text-muted">· attempt {lead.attempts}</span>}
        </div>
        <h2 className="text-lg leading-6 font-semibold wrap-break-word">{lead.name ?? 'No name'}</h2>
        <p className="mt-0.5 text-base">
          <PhoneNumber number={lead.phone} />
          {lead.extension && <span className="text-muted"> ext. {lead.extension}</span>}
        </p>
        <LocalTime phone={lead.phone} />
      </header>
      {hasData && <DataList data={lead.data} />}
      {lead.alternatePhones.length > 0 && (
        <div>
          <h3 className="text-xs font-medium text-muted">Other numbers</h3>
          <ul className="mt-1">
            {lead.alternatePhones.map((phone) => (
              <li key={phone}>
                <PhoneNumber number={phone} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="border-t pt-4">
        <EarlierCalls number={lead.phone} except={callId} />
      </div>
    </>
  );
}

function LocalTime({ phone }: { phone: string }) {
  const now = useNow('slow');
  const country = phoneCountry(phone);
  const time = country && now > 0 ? contactTime(country, now) : null;
  if (!time) return null;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-xs text-muted" title={`Time of day in ${country}`}>
      <Clock aria-hidden="true" className="size-3.5" />
      <span className="tabular-nums">{time}</span> their time
    </p>
  );
}
