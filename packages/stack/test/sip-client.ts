import { createHash, randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { type Credentials, SESSION } from './backend-proofs';

/** One SIP message, as received. */
export interface SipMessage {
  /** Status of a response; undefined for a request. */
  readonly status: number | undefined;
  readonly method: string;
  readonly firstLine: string;
  /** All values of a header, in order, by lower-case name. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface RequestOptions {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly branch?: string;
}

/** A SIP user agent over WebSocket, small enough to see every byte: what JsSIP sends, without its manners. */
export class SipClient {
  readonly #received: SipMessage[] = [];
  readonly #waiting = new Set<() => void>();
  /** Resolves with the close code when the connection has ended, whoever ended it (1006: without a word). */
  readonly closed: Promise<number>;

  private constructor(
    private readonly socket: WebSocket,
    readonly fromTag: string,
    private readonly instance: string,
  ) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      const message = parse(data.toString());
      // A far end that hangs up gets its answer at once, as a phone would give it.
      if (message.status === undefined && message.method === 'BYE') this.#reply(message, '200 OK');
      this.#received.push(message);
      for (const wake of [...this.#waiting]) wake();
    });
  }

  /**
   * @param fromTag of an earlier client whose dialogs this one goes on with
   * @param instance the phone's own id (RFC 5626), the same on each of its connections
   * @param autoPong false: like a browser that is gone while something in between keeps its connection
   */
  static async connect(
    url: string,
    fromTag = randomUUID().slice(0, 8),
    {
      autoPong = true,
      session = SESSION,
      headers = {} as Readonly<Record<string, string>>,
      instance = randomUUID() as string,
    } = {},
  ): Promise<SipClient> {
    // As the page's server says whose connection this is.
    const named = session !== '' && { 'x-outdial-session': session };
    const socket = new WebSocket(url, 'sip', { autoPong, headers: { ...named, ...headers } });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new SipClient(socket, fromTag, instance);
  }

  /** From now on as good as unplugged: the connection stays, nobody answers the switch's pings. */
  goSilent(): void {
    this.socket.pause();
  }

  /** Sends a request. @returns its Call-ID and branch */
  send(options: RequestOptions): { callId: string; branch: string } {
    const callId = options.callId ?? randomUUID();
    const branch = options.branch ?? `z9hG4bK${randomUUID()}`;
    const body = options.body ?? '';
    const lines = [
      `${options.method} ${options.uri} SIP/2.0`,
      `Via: SIP/2.0/WS client.invalid;branch=${branch}`,
      'Max-Forwards: 70',
      `From: <${options.from}>;tag=${this.fromTag}`,
      `To: ${options.to ?? `<${options.uri}>`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${options.cseq ?? 1} ${options.method}`,
      `Contact: <sip:client@client.invalid;transport=ws>;+sip.instance="<urn:uuid:${this.instance}>"`,
      ...(options.headers ?? []),
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ];
    this.socket.send(lines.join('\r\n'));
    return { callId, branch };
  }

  /** Takes the next message that fits, waiting for it. @throws after the time limit, in ms */
  async take(fits: (message: SipMessage) => boolean, timeoutMs = 10_000): Promise<SipMessage> {
    let timedOut = false;
    for (;;) {
      const index = this.#received.findIndex(fits);
      const [found] = index < 0 ? [] : this.#received.splice(index, 1);
      if (found !== undefined) return found;
      if (timedOut)
        throw new Error(`Nothing came. Unread: ${this.#received.map((m) => m.firstLine).join(' | ')}`);
      timedOut = await this.#nextMessage(timeoutMs);
    }
  }

  takeFinal(method: string): Promise<SipMessage> {
    return this.take((message) => (message.status ?? 0) >= 200 && message.method === method);
  }

  /** REGISTER, with the answer to the challenge. @returns the last status */
  async register(domain: string, sipUser: string, credentials: Credentials): Promise<number> {
    return (await this.registerAs(domain, sipUser, credentials)).status;
  }

  /** @returns the last status, and the answer to the challenge that got it */
  async registerAs(
    domain: string,
    sipUser: string,
    credentials: Credentials,
  ): Promise<{ status: number; authorization: string }> {
    const request = { method: 'REGISTER', uri: `sip:${domain}`, from: `sip:${sipUser}@${domain}` };
    const to = `<sip:${sipUser}@${domain}>`;
    const { callId } = this.send({ ...request, to, headers: ['Expires: 600'] });
    const challenge = await this.takeFinal('REGISTER');
    if (challenge.status !== 401) {
      return { status: challenge.status ?? 0, authorization: '' };
    }
    const authorization = this.answerTo(challenge, request, credentials);
    this.send({ ...request, to, callId, cseq: 2, headers: ['Expires: 600', authorization] });
    return { status: (await this.takeFinal('REGISTER')).status ?? 0, authorization };
  }

  /** The header that answers a challenge (401 or 407). */
  answerTo(challenge: SipMessage, request: Pick<RequestOptions, 'method' | 'uri'>, credentials: Credentials) {
    const www = challenge.headers.get('www-authenticate')?.[0];
    const header = www ?? challenge.headers.get('proxy-authenticate')?.[0] ?? '';
    const name = www === undefined ? 'Proxy-Authorization' : 'Authorization';
    return `${name}: ${digest(header, request.method, request.uri, credentials)}`;
  }

  /** Acknowledges a final response to an INVITE (RFC 3261, sections 13.2.2.4 and 17.1.1.3). */
  acknowledge(response: SipMessage, invite: RequestOptions, branch: string): void {
    const to = response.headers.get('to')?.[0] ?? '';
    const callId = response.headers.get('call-id')?.[0] ?? '';
    if ((response.status ?? 0) >= 300) {
      this.send({ method: 'ACK', uri: invite.uri, from: invite.from, to, callId, branch });
      return;
    }
    this.sendInDialog('ACK', response, invite, 1);
  }

  /** A request along the route that the response recorded. */
  sendInDialog(
    method: string,
    response: SipMessage,
    invite: RequestOptions,
    cseq: number,
    change: Partial<RequestOptions> = {},
  ): void {
    const contact = /<([^>]+)>/.exec(response.headers.get('contact')?.[0] ?? '')?.[1] ?? invite.uri;
    const routes = (response.headers.get('record-route') ?? [])
      .flatMap((value) => value.split(','))
      .reverse();
    this.send({
      method,
      uri: contact,
      from: invite.from,
      to: response.headers.get('to')?.[0] ?? '',
      callId: response.headers.get('call-id')?.[0] ?? '',
      cseq,
      headers: routes.map((route) => `Route: ${route}`),
      ...change,
    });
  }

  /** Closes the connection. */
  close(): void {
    this.socket.close();
  }

  /** Dies without a word, as a crashed tab does. */
  crash(): void {
    this.socket.terminate();
  }

  #reply(request: SipMessage, status: string): void {
    const copy = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
      (request.headers.get(name) ?? []).map((value) => `${name}: ${value}`),
    );
    this.socket.send([`SIP/2.0 ${status}`, ...copy, 'Content-Length: 0', '', ''].join('\r\n'));
  }

  #nextMessage(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (timedOut: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(timedOut);
      };
      const wake = () => done(false);
      const timer = setTimeout(() => done(true), timeoutMs);
      this.#waiting.add(wake);
    });
  }
}

/** Digest response (RFC 2617, with qop=auth where it is offered). */
function digest(challenge: string, method: string, uri: string, { user, password }: Credentials): string {
  const field = (name: string) => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const [realm, nonce, cnonce, nc] = [field('realm'), field('nonce'), randomUUID(), '00000001'];
  const ha1 = md5(`${user}:${realm}:${password}`);
  const ha2 = md5(`${method}:${uri}`);
  const response = md5(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
  return (
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", ` +
    `algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}"`
  );
}

function parse(text: string): SipMessage {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [firstLine = '', ...lines] = head.split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const status = /^SIP\/2\.0 (\d{3})/.exec(firstLine)?.[1];
  const method = headers.get('cseq')?.[0]?.split(' ')[1] ?? '';
  return { status: status === undefined ? undefined : Number(status), method, firstLine, headers, body };
}

/** What Chromium offers, cut to what the switch and the media relay look at. */
export const BROWSER_OFFER = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 50000 UDP/TLS/RTP/SAVPF 111 0 8 126',
  'c=IN IP4 127.0.0.1',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host generation 0',
  'a=ice-ufrag:4ZcD',
  'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlgr',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:126 telephone-event/8000',
  '',
].join('\r\n');
