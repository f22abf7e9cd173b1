import { summarize } from '@outdial/stack/bench/figures';
import type { Moment } from './probe';

type Figure = 'clickToInvite' | 'inviteToConnected' | 'inviteToMedia' | 'hangUpToInvite';

/** Milliseconds of each call of one page. */
export type Timings = Record<Figure, number[]>;

const FIGURES: Readonly<Record<Figure, string>> = {
  clickToInvite: 'Click on Call → INVITE sent',
  inviteToConnected: 'INVITE sent → connected (ACK sent)',
  inviteToMedia: 'INVITE sent → audio path up',
  hangUpToInvite: 'Click on Hang up → next INVITE sent',
};

/** The targets: Outdial's page over the bare one. */
const TARGETS = { median: 1.5, p95: 2 };

/** What the moments of one page say. An INVITE belongs to the last click before it. */
export function timingsOf(moments: readonly Moment[]): Timings {
  const timings: Timings = {
    clickToInvite: [],
    inviteToConnected: [],
    inviteToMedia: [],
    hangUpToInvite: [],
  };
  let click: Moment | undefined;
  let invite: Moment | undefined;
  for (const moment of moments) {
    const { what, at } = moment;
    if (what === 'click') click = moment;
    else if (what === 'invite') {
      invite = moment;
      if (click?.button?.startsWith('Call')) timings.clickToInvite.push(at - click.at);
      if (click?.button?.startsWith('Hang up')) timings.hangUpToInvite.push(at - click.at);
    } else if (invite && what === 'connected') timings.inviteToConnected.push(at - invite.at);
    else if (invite && what === 'media') timings.inviteToMedia.push(at - invite.at);
  }
  return timings;
}

export function merge(parts: readonly Timings[]): Timings {
  const all = (figure: Figure) => parts.flatMap((part) => part[figure]);
  return {
    clickToInvite: all('clickToInvite'),
    inviteToConnected: all('inviteToConnected'),
    inviteToMedia: all('inviteToMedia'),
    hangUpToInvite: all('hangUpToInvite'),
  };
}

const ms = (value: number) => value.toFixed(1);

/** One row for each figure: both pages, the ratios, and whether they are within the targets. */
export function comparison(bare: Timings, outdial: Timings): string[][] {
  const head = ['ms', 'n', 'bare median', 'p95', 'Outdial median', 'p95', 'ratio of medians', 'ratio of p95'];
  const rows = (Object.keys(FIGURES) as Figure[]).map((figure) => {
    const [a, b] = [summarize(bare[figure]), summarize(outdial[figure])];
    const ratio = (of: 'median' | 'p95') => {
      const value = b[of] / a[of];
      return `${value.toFixed(2)} ${value <= TARGETS[of] ? 'within' : 'above'} ${TARGETS[of]}`;
    };
    const counts = a.count === b.count ? String(a.count) : `${a.count} / ${b.count}`;
    return [
      ...[FIGURES[figure], counts],
      ...[ms(a.median), ms(a.p95), ms(b.median), ms(b.p95)],
      ...[ratio('median'), ratio('p95')],
    ];
  });
  return [head, ...rows];
}
