import { describe, expect, it } from 'vitest';
import type { CountryCode } from '../numbers/plan';
import { readSheet } from '../read-sheet';
import { guessMapping } from './mapping';

function guess(text: string, country: CountryCode = 'US') {
  const { phoneColumns, nameColumns, confidence } = guessMapping(
    readSheet(new TextEncoder().encode(text), 'leads.csv'),
    { country },
  );
  return { phone: phoneColumns[0] ?? null, names: nameColumns, confidence };
}

describe('guessMapping', () => {
  it.each([
    [
      'English',
      'Id,First Name,Last Name,Phone Number\n1,Ann,Lee,2025550101\n2,Bob,Ray,2025550102',
      3,
      [1, 2],
    ],
    ['German', 'Name,Vorname,Rufnummer\nMüller,Jörg,2025550101\nGroß,Ute,2025550102', 2, [1, 0]],
    ['French', 'Nom,Prénom,Téléphone\nDupont,Marie,2025550101\nPetit,Luc,2025550102', 2, [1, 0]],
    ['Spanish', 'Nombre,Apellidos,Móvil\nAna,Peña Ruiz,2025550101\nLuis,Gil,2025550102', 2, [0, 1]],
    ['Russian', 'ФИО,Телефон\nИван Петров,2025550101\nАнна Котова,2025550102', 1, [0]],
    ['Arabic', 'الاسم,الهاتف\nمحمد الأحمد,2025550101\nليلى حداد,2025550102', 1, [0]],
    ['Japanese', '氏名,電話番号\n山田花子,2025550101\n田中太郎,2025550102', 1, [0]],
    ['camel case', 'fullName,phoneNumber\nAnn Lee,2025550101\nBob Ray,2025550102', 1, [0]],
  ])('knows titles: %s', (_, text, phone, names) => expect(guess(text)).toMatchObject({ phone, names }));

  it('needs no header', () => {
    expect(guess('1,Ann Lee,2025550101,20001\n2,Bob Ray,2025550102,20002')).toMatchObject({
      phone: 2,
      names: [1],
    });
  });

  it('believes the content more than the title', () => {
    expect(guess('Phone,Value\nyes,2025550101\nno,2025550102').phone).toBe(1);
  });

  it('prefers phones to ids, postcodes, amounts and fax numbers that happen to be valid', () => {
    const text =
      'Account id,Fax,ZIP,Amount,Mobile\n2025550111,2025550121,20001,2025550131,2025550141\n2025550112,2025550122,20002,2025550132,n/a';
    expect(guess(text).phone).toBe(4);
  });

  it('takes no company, product or user for a person', () => {
    expect(
      guess('Company name,User name,Phone\nAcme Corp,ann,2025550101\nBig Box,bob,2025550102').names,
    ).toEqual([]);
  });

  it('takes the whole name alone when it repeats the first name', () => {
    expect(guess('First name,Name,Phone\nAnn,Ann Lee,2025550101\nBob,Bob Ray,2025550102').names).toEqual([1]);
  });

  it('says when there is no phone column', () => {
    expect(guess('Name,City\nAnn,Bonn\nBob,Kiel')).toMatchObject({ phone: null, confidence: 0 });
  });

  it('is surer of a clean column with a title', () => {
    const sure = guess('Name,Phone\nAnn,2025550101\nBob,2025550102').confidence;
    const unsure = guess('Ann,2025550101\nBob,later\nCid,later').confidence;
    expect(sure).toBeGreaterThan(0.9);
    expect(unsure).toBeLessThan(0.5);
  });
});
