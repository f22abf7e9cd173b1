import { describe, expect, it } from 'vitest';
import { parsePhoneCell } from './phone-cell';
import type { CountryCode } from './plan';

function phone(cell: string, country: CountryCode = 'US') {
  const parsed = parsePhoneCell(cell, country);
  if (!parsed.ok) return parsed.reason;
  const { phone, extension, alternatePhones } = parsed;
  return [extension ? `${phone} x${extension}` : phone, ...alternatePhones.map((other) => other.phone)].join(
    ' | ',
  );
}

describe('parsePhoneCell', () => {
  it.each([
    ['2025550101'],
    ['12025550101'],
    ['+12025550101'],
    ['+1 (202) 555-0101'],
    ['(+1) 202 555 0101'],
    ['202.555.0101'],
    ['202–555–0101'],
    ['202\u00a0555\u00a00101'],
    ['\u202a+1 202 555 0101\u202c'],
    ["'2025550101"],
    ['’2025550101'],
    ['="2025550101"'],
    ['tel:+1-202-555-0101'],
    ['0012025550101'],
    ['00 1 202 555 0101'],
    ['011 1 202 555 0101'],
    ['２０２５５５０１０１'],
    ['+１ ２０２ ５５５ ０１０１'],
    ['٢٠٢٥٥٥٠١٠١'],
    ['۲۰۲۵۵۵۰۱۰۱'],
    ['1.2025550101E+10'],
    ['1,2025550101e10'],
    ['2.025550101E+9'],
    ['2025550101.0'],
    ['12,025,550,101'],
    ['Mobile: 202 555 0101'],
    ['202 555 0101 (home)'],
  ])('reads %j as +12025550101', (cell) => expect(phone(cell)).toBe('+12025550101'));

  it.each([
    ['202 555 0101 x123', '+12025550101 x123'],
    ['202-555-0101x5', '+12025550101 x5'],
    ['202 555 0101 ext. 5', '+12025550101 x5'],
    ['202 555 0101, Ext 5', '+12025550101 x5'],
    ['+12025550101;ext=77', '+12025550101 x77'],
    ['(202) 555-0101 extension 1234', '+12025550101 x1234'],
    ['202-555-0101 #9', '+12025550101 x9'],
  ])('keeps the extension of %j', (cell, expected) => expect(phone(cell)).toBe(expected));

  it.each([
    ['202 555 0101 / 202 555 0102', '+12025550101 | +12025550102'],
    ['2025550101;2025550102,2025550103', '+12025550101 | +12025550102 | +12025550103'],
    ['202 555 0101 or 202 555 0102', '+12025550101 | +12025550102'],
    ['202-555-0101\n202-555-0102', '+12025550101 | +12025550102'],
    ['2025550101 2025550102', '+12025550101 | +12025550102'],
    ['n/a / 2025550102', '+12025550102'],
    ['123; 2025550102 x7', '+12025550102 x7'],
    ['2025550101 / (202) 555-0101', '+12025550101'],
  ])('takes the first valid of several: %j', (cell, expected) => expect(phone(cell)).toBe(expected));

  it.each([
    ['', 'no-phone'],
    [' \u00a0 ', 'no-phone'],
    ['call me', 'letters'],
    ['n/a', 'letters'],
    ['=A1&B1', 'formula'],
    ['=1+2025550101', 'formula'],
    ['@SUM(A1:A9)', 'formula'],
    ['+cmd|calc(1)', 'letters'],
    ['#N/A', 'spreadsheet-error'],
    ['#REF!', 'spreadsheet-error'],
    ['########', 'spreadsheet-error'],
    ['1.20256E+10', 'digits-lost'],
    ['1,2E+10', 'digits-lost'],
    ['2E+9', 'digits-lost'],
    ['555-01', 'too-short'],
    ['911', 'too-short'],
    ['7', 'too-short'],
    ['+1 202 555 0101 0000', 'too-long'],
    ['+999 202 555 0101', 'unknown-country'],
    ['+1 999 555 0101', 'invalid-number'],
    ['1234567890', 'invalid-number'],
  ])('rejects %j: %s', (cell, reason) => expect(phone(cell)).toBe(reason));

  it.each([
    ['M: 202 555 0101'],
    ['T:+1 202 555 0101'],
    ['C. (202) 555-0101'],
    ['Tél. 202 555 0101'],
    ['Portable : 202 555 0101'],
    ['тел. 202 555 0101'],
    ['Тел.: 202 555 0101 (моб)'],
    ['Cellulare 202 555 0101'],
    ['Mobiltelefon: 202 555 0101'],
    ['Tlf 202 555 0101'],
    ['Phone No. 202 555 0101'],
    ['202-555-0101 (c)'],
    ['☎ 202 555 0101'],
    ['📞2025550101'],
    ['202·555·0101'],
    ['[202] 555-0101'],
    ['2025550101;'],
    ['2025550101 |'],
    ['p:+12025550101'],
    ['携帯 202-555-0101'],
    ['전화: 202-555-0101'],
  ])('reads %j as people write it', (cell) => expect(phone(cell)).toBe('+12025550101'));

  it('reads letters as a telephone has them', () => {
    expect(phone('1-800-FLOWERS')).toBe('+18003569377');
    expect(phone('202-555-CALL ME')).toBe('letters');
  });

  it.each([
    ['202-555-0101 ::: 202-555-0102', '+12025550101 | +12025550102'],
    ['(202) 555-0101 (202) 555-0102', '+12025550101 | +12025550102'],
    ['+1 202 555 0101 +1 202 555 0102', '+12025550101 | +12025550102'],
    ['202-555-0101 (home) 202-555-0102 (cell)', '+12025550101 | +12025550102'],
    ['Home: 2025550101 Cell: 2025550102', '+12025550101 | +12025550102'],
    ['202-555-0101 (ext 44)', '+12025550101 x44'],
    ['202-555-0101; fax 202-555-0102', '+12025550101'],
    ['F: 202-555-0102', 'fax'],
    ['Fax: 202-555-0102', 'fax'],
    ['1-900-555-0101', 'premium'],
  ])('tells the numbers of %j apart', (cell, expected) => expect(phone(cell)).toBe(expected));

  it('takes fax and premium numbers when somebody wants them', () => {
    const wanted = { reading: 'home', also: ['fax', 'premium'] } as const;
    expect(parsePhoneCell('Fax: 202-555-0102', 'US', wanted)).toMatchObject({ phone: '+12025550102' });
    expect(parsePhoneCell('1-900-555-0101', 'US', wanted)).toMatchObject({ phone: '+19005550101' });
  });

  it.each([
    ['(202) 555-01234', 'US', 'too-long'],
    ['(313) 555-01234', 'US', 'too-long'],
    ['202-555-01234', 'US', 'too-long'],
    ['20255501234', 'US', 'too-long'],
    ['202-555-0123/4', 'US', '+12025550123'],
    ['9876543210/11', 'IN', '+919876543210'],
    ['4936962890999999', 'DE', 'too-long'],
  ] as const)('dials nobody abroad for %j of %s', (cell, country, expected) =>
    expect(phone(cell, country)).toBe(expected),
  );

  it.each([
    ['4917612345678', 'DE', '+4917612345678'],
    ['38344123456', 'XK', '+38344123456'],
    ['46812345678', 'SE', '+46812345678'],
    ['6281234567890', 'ID', '+6281234567890'],
    ['0011 1 202 555 0101', 'AU', '+12025550101'],
    ['44 20 7946 0958', 'US', '+442079460958'],
  ] as const)('finds the country code of %j of %s', (cell, country, expected) =>
    expect(phone(cell, country)).toBe(expected),
  );

  it('reads national numbers by the default country', () => {
    expect(phone('020 7946 0958', 'GB')).toBe('+442079460958');
    expect(phone('+44 (0)20 7946 0958', 'US')).toBe('+442079460958');
    expect(phone('2079460958', 'GB')).toBe('+442079460958');
    expect(phone('030/23125000', 'DE')).toBe('+493023125000');
    expect(phone('01 99 00 12 34', 'FR')).toBe('+33199001234');
  });

  it('adds the plus that a number cell has lost', () => {
    expect(phone('442079460958', 'US')).toBe('+442079460958');
    expect(phone('12025550101', 'DE')).toBe('+12025550101');
  });
});
