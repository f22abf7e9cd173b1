/** What `npm start` says: one line a step, with its time. */

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const green = paint(32);
const dim = paint(2);
const bold = paint(1);

/** A step that is done. */
export function sayDone(what: string, ms: number): void {
  console.log(`  ${green('✓')} ${what.padEnd(34)} ${dim(`${(ms / 1000).toFixed(1)} s`)}`);
}

/** Something a person should know, in one line. */
export function say(line: string): void {
  console.log(`  ${dim('·')} ${line}`);
}

/** Runs a step and says how long it took. A text that it returns takes the place of its name. */
export async function step<T>(what: string, run: () => Promise<T>): Promise<T> {
  const before = performance.now();
  const result = await run();
  sayDone(typeof result === 'string' ? result : what, performance.now() - before);
  return result;
}

/** The box at the end. The first line is the title. */
export function sayBox([title = '', ...lines]: readonly string[]): void {
  const width = Math.max(title.length, ...lines.map((line) => line.length)) + 2;
  const row = (text: string, styled = text) => `  │ ${styled}${' '.repeat(width - text.length - 1)}│`;
  console.log(`\n  ┌${'─'.repeat(width)}┐`);
  console.log(row(title, bold(title)));
  for (const line of lines) console.log(row(line));
  console.log(`  └${'─'.repeat(width)}┘\n`);
}
