interface PageEvents {
  /** The network may be another, or the machine has woken up. */
  onChange: () => void;
  /** The page goes into the back/forward cache, which closes its sockets and freezes it. */
  onCached: () => void;
  /** It is back from there. */
  onShown: () => void;
}

/** Tells what happens to page and network, until the signal. */
export function watchPage(signal: AbortSignal, { onChange, onCached, onShown }: PageEvents): void {
  const ifCached = (task: () => void) => (event: PageTransitionEvent) => event.persisted && task();
  window.addEventListener('pagehide', ifCached(onCached), { signal });
  window.addEventListener('pageshow', ifCached(onShown), { signal });
  for (const event of ['online', 'offline', 'focus']) window.addEventListener(event, onChange, { signal });
  globalThis.document?.addEventListener('visibilitychange', onChange, { signal });
  networkOf(navigator)?.addEventListener('change', onChange, { signal });
}

/** Network Information API; Chromium has it, Firefox and Safari do not. */
export function networkOf(navigator: Navigator & { connection?: EventTarget }): EventTarget | undefined {
  return navigator.connection;
}
