/** United States area codes; 555 01xx is kept for fiction in each. */
const AREA_CODES = [202, 212, 303, 305, 312, 404, 415, 503, 602, 617, 702, 713, 804, 919];

/** Fictitious numbers that answer at once and talk (infra/carrier/outcomes.xml), none of them twice. */
export function* talkingNumbers(): Generator<string> {
  for (const area of AREA_CODES)
    for (let tens = 0; tens < 10; tens++)
      for (const digit of [8, 9, 0]) yield `+1${area}55501${tens}${digit}`;
  throw new Error('No more fictitious numbers: add an area code.');
}

export function take(numbers: Iterator<string>, count: number): string[] {
  return Array.from({ length: count }, () => String(numbers.next().value));
}
