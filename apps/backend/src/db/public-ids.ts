import Sqids from 'sqids';
import { parse, stringify, validate } from 'uuid';

/** Nouns whose rows are numbered; their place in this list is part of the id and must stay. */
const NOUNS = ['organization', 'team', 'agent', 'campaign', 'lead'] as const;
type Noun = (typeof NOUNS)[number];

/** Ids for addresses, not secrets: who may see a row is decided where it is read (docs/adr/0010). */
const sqids = new Sqids({
  alphabet: 'mUk5Z1EqatyliD92vOwWsFCRV7QMrbNH6YohKXSJTp3ABfcnG4LxgI0edPzj8u',
  minLength: 8,
});

/** No row has it: what an id we did not make is read as, so that it finds nothing. */
const NOBODY = 0;

/** The id a numbered row is known by outside. */
export const publicId = (noun: Noun, id: number): string => sqids.encode([NOUNS.indexOf(noun), id]);

/** The number behind an id from outside; one that belongs to no row if we did not make it for this noun. */
export function rowId(noun: Noun, text: string): number {
  const [place, id = NOBODY, ...rest] = sqids.decode(text);
  const isOurs = rest.length === 0 && place === NOUNS.indexOf(noun) && publicId(noun, id) === text;
  return isOurs && id <= 0xffff_ffff ? id : NOBODY;
}

/** A UUID as it is stored (BINARY(16)); one that belongs to no row if the text is none. */
export const uuidBytes = (text: string): Uint8Array<ArrayBuffer> =>
  validate(text) ? new Uint8Array(parse(text)) : new Uint8Array(16);

/** A stored UUID as it is written (RFC 9562 §4). */
export const uuidText = (bytes: Uint8Array): string => stringify(bytes);
