/** Network Information API; Chromium has it, Firefox and Safari do not. */
export function networkOf(navigator: Navigator & { connection?: EventTarget }): EventTarget | undefined {
  return navigator.connection;
}
