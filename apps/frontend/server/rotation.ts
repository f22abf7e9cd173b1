/** How long an address that could not be reached is asked last, in ms. A process that died is back in a second or two. */
const REST_MS = 1_000;

/**
 * Whose turn it is among several addresses of the same service. One that could not be reached rests for a moment: asking
 * it again with every request would cost each of them a failed connection. It is still tried when no other is left, so
 * that a single address is always asked.
 */
export class Rotation {
  readonly #restsUntil = new Map<string, number>();
  #turn = 0;

  /** @param now of any clock that only goes forward, in ms */
  constructor(
    readonly addresses: readonly string[],
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The addresses in the order in which one request should try them, each once. */
  inTurn(): string[] {
    const first = this.#turn;
    this.#turn = (first + 1) % Math.max(1, this.addresses.length);
    const order = [...this.addresses.slice(first), ...this.addresses.slice(0, first)];
    return [...order.filter((address) => !this.#rests(address)), ...order.filter((a) => this.#rests(a))];
  }

  /** It could not be reached. */
  rest(address: string): void {
    this.#restsUntil.set(address, this.now() + REST_MS);
  }

  #rests(address: string): boolean {
    return this.now() < (this.#restsUntil.get(address) ?? 0);
  }
}
