import type { PageState } from '@outdial/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bus, BusListener, BusMessage } from '../adapters/bus';
import { Presence } from './presence';
import type { PersonState } from './presence-board';

/** What Redis is to the processes: everybody hears everything, unless it is away or a word is lost. */
class Air {
  readonly processes = new Set<Process>();
  isThere = true;
  /** Loses the next message that another process would hear. */
  losesNext = false;

  carry(from: Process, message: BusMessage): void {
    from.presence.hear(message);
    if (!this.isThere) return;
    if (this.losesNext) {
      this.losesNext = false;
      return;
    }
    // As it would come over the wire.
    const copy = JSON.parse(JSON.stringify(message)) as BusMessage;
    for (const process of this.processes) if (process !== from) process.presence.hear(copy);
  }
}

class Process implements Bus {
  readonly told: PersonState[] = [];
  readonly presence: Presence;

  constructor(private readonly air: Air) {
    this.presence = new Presence(
      this,
      (_organizationId, changes) => this.told.push(...changes),
      () => now,
    );
    air.processes.add(this);
  }

  get isConnected(): boolean {
    return this.air.isThere;
  }
  publish(message: BusMessage): void {
    this.air.carry(this, message);
  }
  on(_listener: BusListener) {
    return () => undefined;
  }
  async close() {}

  open(id: string, userId: string, state: PageState = 'online', teamId: number | null = null): void {
    this.presence.put({ id, organizationId: 1, userId, teamId, state });
  }
  /** As by kill −9. */
  die(): void {
    this.air.processes.delete(this);
  }
  get people(): Record<string, string> {
    return Object.fromEntries(this.presence.of(1).map(({ userId, state }) => [userId, state]));
  }
}

let now = 0;
let air: Air;
let a: Process;
let b: Process;

function pass(ms: number): void {
  for (const end = now + ms; now < end; now += 100) for (const { presence } of air.processes) presence.tick();
}

beforeEach(() => {
  air = new Air();
  [a, b] = [new Process(air), new Process(air)];
  pass(500);
});

describe('who is there', () => {
  it('is known to every process, in the state of the page that counts', () => {
    a.open('a1', 'ada', 'ready');
    b.open('b1', 'ada', 'online');
    b.open('b2', 'grace');
    pass(300);
    expect(a.people).toEqual({ ada: 'ready', grace: 'online' });
    expect(b.people).toEqual(a.people);
    b.presence.setState('b1', 'talking');
    pass(300);
    expect(a.people).toMatchObject({ ada: 'talking' });
    b.presence.leave('b1');
    pass(300);
    expect(a.people).toMatchObject({ ada: 'ready' });
  });

  it('does not leave by a reload, and leaves soon after the last page', () => {
    a.open('a1', 'ada', 'ready');
    pass(300);
    a.presence.leave('a1');
    pass(2_000);
    b.open('b1', 'ada', 'ready');
    pass(5_000);
    expect(b.told.map(({ state }) => state)).toEqual(['ready']);
    b.presence.leave('b1');
    pass(4_500);
    expect([a.people, b.people]).toEqual([{}, {}]);
    expect(a.told.at(-1)).toMatchObject({ userId: 'ada', state: 'offline' });
  });

  it('ends with a process that was killed, within 11 seconds and not at once', () => {
    a.open('a1', 'ada', 'talking');
    pass(300);
    a.die();
    pass(5_000);
    expect(b.people).toEqual({ ada: 'talking' });
    pass(6_500);
    expect(b.people).toEqual({});
  });

  it('outlives a process that is stopped, when its pages come back to another', () => {
    a.open('a1', 'ada', 'talking');
    pass(300);
    a.presence.leave('a1');
    a.presence.close();
    a.die();
    pass(1_500);
    b.open('b1', 'ada', 'talking');
    pass(10_000);
    expect(b.told.map(({ state }) => state)).toEqual(['talking']);
  });

  it('is told to a process that comes later', () => {
    a.open('a1', 'ada', 'paused');
    pass(5_000);
    const c = new Process(air);
    pass(300);
    expect(c.people).toEqual({ ada: 'paused' });
  });

  it.each(['came', 'changed', 'left'])(
    'is right within seconds though the word that somebody %s was lost',
    (what) => {
      a.open('a1', 'ada', 'ready');
      pass(300);
      air.losesNext = true;
      if (what === 'came') a.open('a2', 'grace', 'ready');
      if (what === 'changed') a.presence.setState('a1', 'dialing');
      if (what === 'left') a.presence.leave('a1');
      pass(7_000);
      expect(b.people).toEqual(a.people);
    },
  );

  it('stays while Redis is away, and is right again when it is back', () => {
    a.open('a1', 'ada', 'ready');
    b.open('b1', 'grace', 'online');
    pass(300);
    air.isThere = false;
    pass(60_000);
    expect(a.people).toEqual({ ada: 'ready', grace: 'online' });
    a.presence.setState('a1', 'talking');
    b.presence.leave('b1');
    pass(300);
    expect(a.people).toMatchObject({ ada: 'talking' });
    expect(b.people).toMatchObject({ ada: 'ready' });
    air.isThere = true;
    pass(5_000);
    expect([a.people, b.people]).toEqual([{ ada: 'talking' }, { ada: 'talking' }]);
  });

  it('forgets after Redis was away who died meanwhile', () => {
    a.open('a1', 'ada', 'ready');
    pass(300);
    air.isThere = false;
    a.die();
    pass(30_000);
    air.isThere = true;
    pass(5_000);
    expect(b.people).toEqual({ ada: 'ready' });
    pass(7_000);
    expect(b.people).toEqual({});
  });

  it('says which team could see somebody before', () => {
    a.open('a1', 'ada', 'ready', 7);
    pass(300);
    a.presence.leave('a1');
    a.open('a2', 'ada', 'ready', 8);
    pass(300);
    expect(b.told.at(-1)).toMatchObject({ teamId: 8, formerTeamId: 7 });
  });
});
