import type { SheetMapping } from '@outdial/sheets';

/** What a column is to the dialer. What is only shown stands beside the lead while it is called. */
export type ColumnRole = 'phone' | 'name' | 'last-name' | 'area-code' | 'shown';

export const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  phone: 'Phone',
  name: 'Name',
  'last-name': 'Last name',
  'area-code': 'Area code',
  shown: 'Shown to you',
};

export function roleOf(
  { phoneColumns, nameColumns, areaCodeColumn }: SheetMapping,
  column: number,
): ColumnRole {
  if (phoneColumns.includes(column)) return 'phone';
  if (nameColumns[0] === column) return 'name';
  if (nameColumns[1] === column) return 'last-name';
  return areaCodeColumn === column ? 'area-code' : 'shown';
}

/** The mapping with a column in another role; whichever had a role of which there is one gives it up. */
export function withRole(mapping: SheetMapping, column: number, role: ColumnRole): SheetMapping {
  const { areaCodeColumn, ...rest } = mapping;
  const phoneColumns = mapping.phoneColumns.filter((each) => each !== column);
  const [name, lastName] = mapping.nameColumns.map((each) => (each === column ? undefined : each));
  const names = (first: number | undefined, last: number | undefined) =>
    [first, last].filter((each) => each !== undefined);
  const area = areaCodeColumn === column ? undefined : areaCodeColumn;
  const others = { ...rest, phoneColumns, nameColumns: names(name, lastName), areaCodeColumn: area };
  switch (role) {
    case 'phone':
      return { ...others, phoneColumns: [...phoneColumns, column] };
    case 'name':
      return { ...others, nameColumns: names(column, lastName) };
    case 'last-name':
      return { ...others, nameColumns: names(name, column) };
    case 'area-code':
      return { ...others, areaCodeColumn: column };
    case 'shown':
      return others;
  }
}
