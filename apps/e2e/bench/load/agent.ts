import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallReport, CLAIM_HEADER, softphoneCredentialsSchema } from '@outdial/contracts';
import { BROWSER_OFFER, SipClient } from '../../../../packages/stack/test/sip-client';
import type { Outdial, Person, Session } from '../../src/outdial';
import { cookieOf } from '../../src/sip-upgrade';
import type { Stopwatch } from './stopwatch';

/** How long the two talk, in ms. */
const TALK_MS = 1_000;

/** An agent without a page: the same requests and the same signalling, no sound. */
export class LoadAgent {
  static async open(outdial: Outdial, person: Person, watch: Stopwatch): Promise<LoadAgent> {
    const session = await watch.time('POST /auth/sign-in', () => outdial.signIn(person));
    const response = await watch.time('GET /softphone/credentials', () =>
      session.fetch('/api/softphone/credentials'),
    );
    const account = softphoneCredentialsSchema.parse(await response.json());
    const url = `${outdial.run.webUrl.replace('http', 'ws')}/sip`;
    const headers = { ...cookieOf(session), origin: outdial.run.webUrl };
    const phone = await SipClient.connect(url, undefined, { session: '', headers });
    const { sipUsername: user, domain, authUsername, password } = account;
    const status = await phone.register(domain, user, { user: authUsername, password });
    if (status !== 200) throw new Error(`REGISTER was answered ${status}.`);
    return new LoadAgent(session, phone, user, domain, watch);
  }

  private constructor(
    private readonly session: Session,
    private readonly phone: SipClient,
    private readonly user: string,
    private readonly domain: string,
    private readonly watch: Stopwatch,
  ) {}

  /** One call from its claim to its record. @throws Error when something of it went wrong */
  async call(number: string): Promise<void> {
    const id = randomUUID();
    const startedAt = new Date();
    const claimed = await this.#send('POST /calls', 'POST', '/api/calls', { id, destination: number });
    const invite = {
      method: 'INVITE',
      uri: `sip:${number}@${this.domain}`,
      from: `sip:${this.user}@${this.domain}`,
      headers: [`${CLAIM_HEADER}: ${claimed.headers.get(CLAIM_HEADER)}`],
      body: BROWSER_OFFER,
    };
    const { branch } = this.phone.send(invite);
    const answer = await this.watch.time('INVITE → 200', () => this.phone.takeFinal('INVITE'));
    this.phone.acknowledge(answer, invite, branch);
    if (answer.status !== 200) throw new Error(`INVITE was answered ${answer.firstLine}.`);
    const answeredAt = new Date();
    await this.#send('PATCH /calls/:id', 'PATCH', `/api/calls/${id}`, { phase: 'answered' });
    await sleep(TALK_MS);
    this.phone.sendInDialog('BYE', answer, invite, 2);
    const bye = await this.watch.time('BYE → 200', () => this.phone.takeFinal('BYE'));
    if (bye.status !== 200) throw new Error(`BYE was answered ${bye.firstLine}.`);
    await this.#file({ id, number, startedAt, answeredAt, endedAt: new Date() });
  }

  close(): void {
    this.phone.close();
  }

  async #file(call: { id: string; number: string; startedAt: Date; answeredAt: Date; endedAt: Date }) {
    const { id, number, startedAt, answeredAt, endedAt } = call;
    const report: CallReport = {
      callId: id,
      direction: 'outbound',
      destination: number,
      status: 'answered',
      fault: 'none',
      sipCode: 200,
      hangupBy: 'agent',
      startedAt: startedAt.toISOString(),
      answeredAt: answeredAt.toISOString(),
      endedAt: endedAt.toISOString(),
      talkMs: endedAt.getTime() - answeredAt.getTime(),
      durationMs: endedAt.getTime() - startedAt.getTime(),
      sentAt: new Date().toISOString(),
    };
    const form = new FormData();
    form.set('report', JSON.stringify(report));
    const { status } = await this.watch.time('POST /cdr/upload', () =>
      this.session.fetch('/api/cdr/upload', { method: 'POST', body: form }),
    );
    if (status !== 200) throw new Error(`The record was answered ${status}.`);
  }

  async #send(what: string, method: string, path: string, body: object): Promise<Response> {
    const response = await this.watch.time(what, () =>
      this.session.fetch(path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(`${what} was answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
    return response;
  }
}
