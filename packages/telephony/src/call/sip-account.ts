import type { SoftphoneCredentials } from '@outdial/contracts';
import { UA } from 'jssip';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import { backOffMs, type CancelTimer, type Clock } from '../clock';
import { messageOf } from '../message-of';
import { type Readable, Store, type Unsubscribe } from '../store';
import { sendOptions, setReconnectCap } from './jssip-internals';
import { LinkWatch } from './link-watch';
import { watchPage } from './page-watch';
import type { Registration } from './phone';
import { SipSocket } from './sip-socket';

/** Credentials are renewed so long before the switch stops taking them. */
const RENEW_BEFORE_MS = 60_000;
/** Shorter than this to live, and a call waits for new ones. */
const TOO_OLD_MS = 5_000;
/** Longest wait between two tries to connect, in seconds: with a call up, and without. */
const URGENT_S = 2;
const PATIENT_S = 8;

export interface SipAccountOptions {
  getCredentials: () => Promise<SoftphoneCredentials>;
  clock: Clock;
  /** Whether a call depends on the connection just now. */
  isUrgent?: () => boolean;
  /** 0 ≤ x < 1, for back-off. */
  random?: () => number;
}

/**
 * One address of record at one SIP-over-WebSocket server (RFC 7118): connected, registered and with fresh credentials
 * for as long as it is open. A dropped socket, and one on which nothing is answered any more, is JsSIP's to bring back
 * (1–8 s, 2 s with a call up); a refused registration is tried again here, with new credentials.
 */
export class SipAccount {
  readonly #options: Required<SipAccountOptions>;
  readonly #registration = new Store<Registration>({ state: 'off' });
  readonly #timers = new Map<'retry' | 'renew', CancelTimer>();
  readonly #page = new AbortController();
  readonly #link: LinkWatch;
  readonly #listeners = new Set<(message: string) => void>();
  #socket: SipSocket | null = null;
  #everConnected = false;
  #ua: UA | null = null;
  #credentials: SoftphoneCredentials | null = null;
  #renewal: Promise<void> | null = null;
  #failures = 0;
  #closed = false;

  constructor(options: SipAccountOptions) {
    this.#options = { random: Math.random, isUrgent: () => false, ...options };
    this.#link = new LinkWatch({
      clock: options.clock,
      ask: () => this.#ask(),
      onDead: () => this.abandon(),
    });
  }

  get registration(): Readable<Registration> & { watch: Store<Registration>['watch'] } {
    return this.#registration;
  }

  /** For calls; null until the first credentials have come. */
  get ua(): UA | null {
    return this.#ua;
  }

  get domain(): string {
    return this.#credentials?.domain ?? '';
  }

  get iceServers(): RTCIceServer[] {
    return (this.#credentials?.iceServers ?? []).map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    }));
  }

  /** Connected, registered, and answered. */
  get isWell(): boolean {
    return this.#registration.getSnapshot().state === 'registered' && (this.#ua?.isConnected() ?? false);
  }

  /** Hears every message of the phone server's, before it is understood. */
  listen(listener: (message: string) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the phone server for a sign of life. */
  look = (): void => this.#link.look();

  /** Gives the present socket up for another. */
  abandon(): void {
    if (this.#ua?.isConnected()) this.#socket?.abandon('no answer');
  }

  /** The server did not take the credentials of late: new ones, and another registration. */
  signInAgain(): void {
    void this.#renew()
      .then(() => this.#ua?.isConnected() && this.#ua.register())
      .catch(() => undefined);
  }

  start(): void {
    if (this.#closed || this.#registration.getSnapshot().state !== 'off') return;
    this.#registration.set({ state: 'connecting' });
    watchPage(this.#page.signal, {
      onChange: () => this.look(),
      onCached: () => this.#ua?.stop(),
      onShown: () => this.#ua?.start(),
    });
    void this.#connect();
  }

  /** Resolves at once while the credentials are good, else when new ones are in use (after a sleep, say). */
  async freshen(): Promise<void> {
    const lifeMs = this.#lifeMs();
    if (lifeMs !== null && lifeMs < TOO_OLD_MS) await this.#renew();
  }

  /** A dropped socket fails its calls before it is told of (RFC 3261 §8.1.3.1): looked at first, so that no call follows. */
  noticeLoss(): void {
    if (this.#closed || !this.#ua || this.#ua.isConnected()) return;
    if (this.#registration.getSnapshot().state !== 'registered') return;
    this.#registration.set({ state: 'unregistered', reason: 'The phone server cannot be reached.' });
  }

  watch(watcher: (next: Registration, previous: Registration) => void): Unsubscribe {
    return this.#registration.watch(watcher);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#page.abort();
    this.#link.closed();
    this.#ua?.stop();
    this.#registration.set({ state: 'off' });
  }

  async #connect(): Promise<void> {
    try {
      this.#credentials = await this.#options.getCredentials();
    } catch (error) {
      this.#retry(
        { state: 'failed', reason: `Phone sign-in could not be fetched: ${messageOf(error)}` },
        () => void this.#connect(),
      );
      return;
    }
    if (this.#closed) return;
    this.#ua = this.#createUa(this.#credentials);
    this.#ua.start();
    this.#scheduleRenewal();
  }

  #createUa(credentials: SoftphoneCredentials): UA {
    const url = absoluteWsUrl(credentials.wsUrl, globalThis.location?.href);
    this.#socket = new SipSocket(url, this.#options.clock, {
      onOpen: () => this.#link.opened(),
      onClosed: () => this.#link.closed(),
      onSent: (message) => this.#link.sent(message),
      onHeard: (message) => {
        this.#link.heard(message);
        for (const listener of [...this.#listeners]) listener(message);
      },
    });
    const ua = new UA({
      sockets: [this.#socket],
      uri: `sip:${credentials.sipUsername}@${credentials.domain}`,
      authorization_user: credentials.authUsername,
      password: credentials.password,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: PATIENT_S,
      // An UPDATE that falls into a second without a socket would end a healthy call; nobody here needs one.
      session_timers: false,
      user_agent: 'Outdial',
    });
    ua.on('registered', () => {
      this.#failures = 0;
      this.#registration.set({ state: 'registered' });
    });
    ua.on('connected', () => {
      this.#everConnected = true;
    });
    ua.on('disconnected', ({ error, reason }) => {
      if (this.#closed) return;
      setReconnectCap(ua, this.#options.isUrgent() ? URGENT_S : PATIENT_S);
      if (!this.#everConnected) {
        const words = `The phone server cannot be reached at ${new URL(url).host}. Its address or its certificate may be wrong, or it is away.`;
        this.#registration.set({ state: 'failed', reason: words });
        return;
      }
      const words = error ? 'The phone server cannot be reached.' : 'The phone server closed the connection.';
      this.#registration.set({ state: 'unregistered', reason: reason ? `${words} (${reason})` : words });
    });
    ua.on('unregistered', () => {
      if (this.#closed || this.#registration.getSnapshot().state !== 'registered') return;
      this.#registration.set({ state: 'unregistered', reason: 'The phone server dropped the registration.' });
    });
    ua.on('registrationFailed', ({ response, cause }) => {
      // A transport error is told by 'disconnected', and JsSIP registers again once the socket is back.
      if (this.#closed || !ua.isConnected()) return;
      const code = response?.status_code as number | undefined;
      const reason = registrationRefused(code, cause);
      this.#retry({ state: 'failed', reason }, async () => {
        if (code === 401 || code === 407 || code === 403) await this.#renew();
        if (ua.isConnected()) ua.register();
      });
    });
    ua.on('newRTCSession', ({ originator, session }: RTCSessionEvent) => {
      // Inbound calls are not taken here: 480 Temporarily Unavailable (RFC 3261 §21.4.18).
      if (originator === 'remote') session.terminate({ status_code: 480 });
    });
    return ua;
  }

  #ask(): void {
    if (!this.#ua?.isConnected() || !this.domain) return;
    sendOptions(this.#ua, `sip:${this.domain}`);
  }

  #retry(registration: Registration, task: () => void | Promise<void>): void {
    if (this.#closed) return;
    this.#registration.set(registration);
    const wait = backOffMs(this.#failures++, 1_000, 60_000, this.#options.random);
    this.#timer('retry', wait, () => void Promise.resolve(task()).catch(() => undefined));
  }

  /** Fetches new credentials for the running phone; one fetch at a time. */
  #renew(): Promise<void> {
    this.#renewal ??= (async () => {
      try {
        const fresh = await this.#options.getCredentials();
        if (this.#closed) return;
        this.#credentials = fresh;
        this.#ua?.set('authorization_user', fresh.authUsername);
        // JsSIP forgets the password after its first use and keeps the hash; a password set later wins again.
        this.#ua?.set('password', fresh.password);
      } finally {
        this.#renewal = null;
        if (!this.#closed) this.#scheduleRenewal();
      }
    })();
    return this.#renewal;
  }

  #scheduleRenewal(): void {
    const lifeMs = this.#lifeMs();
    if (lifeMs === null) return;
    const wait = Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2, 5_000);
    this.#timer('renew', wait, () => void this.#renew().catch(() => undefined));
  }

  /** Milliseconds the credentials are still good for; null for ones that do not expire. */
  #lifeMs(): number | null {
    const expiresAt = this.#credentials?.expiresAt;
    return expiresAt ? Date.parse(expiresAt) - this.#options.clock.now() : null;
  }

  #timer(name: 'retry' | 'renew', ms: number, task: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.set(name, this.#options.clock.after(ms, task));
  }
}

/** `wss://host/sip` from what the server names: an absolute address, or a path below the page's own origin. */
export function absoluteWsUrl(wsUrl: string, pageUrl: string | undefined): string {
  if (/^wss?:/i.test(wsUrl) || !pageUrl) return wsUrl;
  const url = new URL(wsUrl, pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export function registrationRefused(code: number | undefined, cause: string | undefined): string {
  switch (code) {
    case undefined:
      return 'The phone server did not answer the registration.';
    case 401:
    case 403:
    case 407:
      return 'The phone server did not accept this account.';
    case 404:
      return 'The phone server does not know this account.';
    case 503:
      return 'The phone server is overloaded.';
    default:
      return `The phone server refused the registration (SIP ${code}${cause ? `, ${cause}` : ''}).`;
  }
}
