import type { Spelling } from './spelling';

/** How bare digits of a column are read where they could be numbers of the country or such with a country code. */
export type ColumnReading = 'home' | 'abroad' | 'unsure';

/** Rows that speak for a reading must be so many times those that speak against it. */
const CLEAR = 4;
/** So many numbers of one foreign country, without exception, are no accident. */
const ENOUGH = 3;

/** Counts what the cells of a column can be, to decide for all of them at once. */
export class ColumnEvidence {
  /** Only numbers of the country. */
  #home = 0;
  /** Begin with the country's own code, and are nothing else or hardly anything else. */
  #ownCode = 0;
  /** Are both, with the country's own code. */
  #ownBoth = 0;
  /** Only numbers abroad. */
  #abroad = 0;
  #slips = 0;
  /** Are both, and lack the trunk prefix that people write at home. */
  #bothWithoutTrunk = 0;
  readonly #countries = new Map<string, number>();

  add(spelling: Spelling): void {
    if (spelling.kind !== 'bare') return;
    const { home, abroad, isOwnCode, trunk, isSlip } = spelling;
    // Where people write the trunk prefix, a number with it says nothing about those without.
    if (trunk === 'written' && !abroad) return;
    if (!abroad) this.#home++;
    else if (isOwnCode && home && home.phone !== abroad.phone) this.#ownBoth++;
    else if (isOwnCode) this.#ownCode++;
    else {
      this.#countries.set(abroad.country, (this.#countries.get(abroad.country) ?? 0) + 1);
      if (!home) {
        this.#abroad++;
        if (isSlip) this.#slips++;
      } else if (trunk === 'missing') this.#bothWithoutTrunk++;
      else this.#home++;
    }
  }

  decide(): ColumnReading {
    const own = this.#ownCode + this.#ownBoth;
    const foreign = this.#abroad + this.#bothWithoutTrunk;
    if (this.#home === 0) {
      if (own > 0) return 'abroad';
      if (foreign >= ENOUGH && this.#isOneCountry(foreign)) return 'abroad';
      return this.#abroad > this.#slips && this.#bothWithoutTrunk === 0 ? 'abroad' : 'unsure';
    }
    if (own + foreign >= CLEAR * this.#home) return 'abroad';
    const isHome = this.#home > this.#slips && this.#home >= CLEAR * (foreign - this.#slips);
    return this.#ownBoth === 0 && isHome ? 'home' : 'unsure';
  }

  #isOneCountry(of: number): boolean {
    return Math.max(...this.#countries.values()) >= of * 0.8;
  }
}
