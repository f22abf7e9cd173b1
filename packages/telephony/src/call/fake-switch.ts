/**
 * The far end of a SIP WebSocket (RFC 7118), for unit tests: registers whoever asks and hears the rest in silence.
 * Stands in for the global `WebSocket`.
 */
export function fakeSwitch() {
  /** Methods of all requests that have reached it, in order. */
  const heard: string[] = [];
  /** Every INVITE as it came. */
  const invites: string[] = [];
  /** Every connection that was opened. */
  const sockets: object[] = [];

  class FakeWebSocket {
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readyState = 0;
    onopen = () => {};
    onmessage = (_event: { data: string }) => {};
    onclose = (_event: object) => {};

    constructor() {
      sockets.push(this);
      setTimeout(() => {
        this.readyState = this.OPEN;
        this.onopen();
      });
    }

    send(message: string): void {
      const method = message.split(' ', 1)[0] ?? '';
      heard.push(method);
      if (method === 'INVITE') invites.push(message);
      if (method === 'REGISTER') setTimeout(() => this.onmessage({ data: accept(message) }));
    }

    close(): void {
      this.readyState = 3;
    }
  }
  return { heard, invites, sockets, WebSocket: FakeWebSocket };
}

/** 200 OK to a request (RFC 3261 §8.2.6.2). */
function accept(request: string): string {
  const kept = request.split('\r\n').filter((line) => /^(Via|From|Call-ID|CSeq|Contact):/i.test(line));
  const to = `${/^To:.*$/im.exec(request)?.[0]};tag=switch`;
  return ['SIP/2.0 200 OK', ...kept, to, 'Content-Length: 0', '', ''].join('\r\n');
}
