import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { type Stack, type StackOptions, startStack } from '../src/index';
import { waitUntil } from '../src/wait';
import { claim, ephemeral } from './backend-proofs';
import { BROWSER_OFFER, type RequestOptions, SipClient, type SipMessage } from './sip-client';

export const SECRET = 'integration-secret';
export const SWITCH_SECRET = 'integration-switch-secret';
export const DOMAIN = 'outdial.local';
export const AGENT = 'demo-1001';

/** A running switch with its carrier, and phones to try it with. */
export class SwitchRig {
  readonly #clients: SipClient[] = [];

  private constructor(readonly stack: Stack) {}

  static async start(options: Partial<StackOptions> = {}): Promise<SwitchRig> {
    const stack = await startStack({
      dir: `${tmpdir()}/outdial-switch-${randomUUID()}`,
      profile: 'test',
      parts: ['switch'],
      sipEphemeralSecret: SECRET,
      sipSwitchSecret: SWITCH_SECRET,
      graceSeconds: 1,
      carrierAudio: { kind: 'tone', hz: 440 },
      ...options,
    });
    return new SwitchRig(stack);
  }

  /** Ends the phones of a test. */
  hangUpAll(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }

  close(): Promise<void> {
    return this.stack.close();
  }

  async connect(fromTag?: string, session?: string, instance?: string): Promise<SipClient> {
    const options = {
      ...(session !== undefined && { session }),
      ...(instance !== undefined && { instance }),
    };
    const client = await SipClient.connect(this.stack.sipUpstreamUrl, fromTag, options);
    this.#clients.push(client);
    return client;
  }

  async signIn({
    fromTag = undefined as string | undefined,
    user = AGENT,
    session = 'session-1',
    instance = undefined as string | undefined,
  } = {}) {
    const client = await this.connect(fromTag, session, instance);
    expect(await client.register(DOMAIN, user, ephemeral(SECRET, user, { session }))).toBe(200);
    return client;
  }

  async holdsMedia(callId: string): Promise<boolean> {
    return (await this.stack.rtpengine.callIds()).includes(callId);
  }

  async expectMediaGone(callId: string): Promise<void> {
    expect(await waitUntil(async () => !(await this.holdsMedia(callId)), { timeoutMs: 8000 })).toBe(true);
  }
}

/** With the backend's claim for it. */
export function inviteTo(number: string, user = AGENT): RequestOptions {
  return {
    method: 'INVITE',
    uri: `sip:${number}@${DOMAIN}`,
    from: `sip:${user}@${DOMAIN}`,
    headers: [claim(SWITCH_SECRET, user, number)],
    body: BROWSER_OFFER,
  };
}

/** Dials and acknowledges the final answer. */
export async function dial(client: SipClient, number: string, invite = inviteTo(number)) {
  const { callId, branch } = client.send(invite);
  const final = await client.takeFinal('INVITE');
  client.acknowledge(final, invite, branch);
  return { callId, invite, final };
}

export const refusalOf = ({ status, headers }: SipMessage) => ({
  status,
  why: headers.get('x-outdial-refused')?.[0],
});
