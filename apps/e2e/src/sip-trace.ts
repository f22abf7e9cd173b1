import type { Page } from '@playwright/test';

/** What the browser really says to the switch: the SIP messages on its WebSocket. */
export class SipTrace {
  /** Numbers of the calls that were begun, in order; a challenged INVITE that is sent again counts once. */
  readonly dialed: string[] = [];
  readonly #callIds = new Set<string>();

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      if (!new URL(socket.url()).pathname.startsWith('/sip')) return;
      socket.on('framesent', ({ payload }) => this.#sent(String(payload)));
    });
  }

  #sent(message: string): void {
    const number = /^INVITE sip:([^@;]+)@/.exec(message)?.[1];
    const callId = /^Call-ID: *(.+)$/im.exec(message)?.[1];
    // With a tag the other side is known already: a re-INVITE (RFC 3261 §14).
    const inDialog = /^To:.*;tag=/im.test(message);
    if (!number || !callId || inDialog || this.#callIds.has(callId)) return;
    this.#callIds.add(callId);
    this.dialed.push(decodeURIComponent(number));
  }
}
