import type { Unit } from '../../work/units';

/** Words of a name that are searched by: letters and digits of any script, in lower case. */
export function wordsOf(name: string): string[] {
  const words = name.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, 40)))].slice(0, 12);
}

const PART_DIGITS = 8;

/** The number of eight digits that a run of digits begins with; zeros stand in for those it does not have. */
export const partOf = (digits: string): number =>
  Number(digits.slice(0, PART_DIGITS).padEnd(PART_DIGITS, '0'));

/** Each place of a number as the digits from there on, so that digits in its middle are a range (`partOf`). */
export function partsOf(number: string): number[] {
  const digits = number.replace(/\D/g, '');
  return [...new Set([...digits].map((_, place) => partOf(digits.slice(place))))];
}

/** The contact with this number; made when it is first needed, and known by every name it was called under. */
export async function contactOf({ tx, actor }: Unit, number: string, name: string | null): Promise<number> {
  const { organizationId } = actor;
  const known = await tx.contact.findFirst({ where: { number }, select: { id: true, name: true } });
  const id = known?.id ?? (await addContact(tx, organizationId, number, name));
  if (name && name !== known?.name)
    await tx.contactWord.createMany({
      data: wordsOf(name).map((word) => ({ organizationId, word, contactId: id })),
      skipDuplicates: true,
    });
  return id;
}

async function addContact(
  tx: Unit['tx'],
  organizationId: number,
  number: string,
  name: string | null,
): Promise<number> {
  await tx.contact.createMany({ data: [{ organizationId, number, name }], skipDuplicates: true });
  const { id } = await tx.contact.findFirstOrThrow({ where: { number }, select: { id: true } });
  await tx.contactPart.createMany({
    data: partsOf(number).map((part) => ({ organizationId, part, contactId: id })),
    skipDuplicates: true,
  });
  return id;
}
