import { expect, it } from 'vitest';
import { extractLeads } from '../leads/extract';
import type { CountryCode } from '../numbers/plan';
import { readSheet } from '../read-sheet';
import { guessMapping } from './mapping';

/** A sheet's leads as people of an organization in `country` get them. */
function leadsOf(text: string, country: CountryCode = 'US') {
  const table = readSheet(new TextEncoder().encode(text), 'leads.csv');
  const mapping = guessMapping(table, { country });
  const { leads, rejected } = extractLeads(table, mapping, { country });
  const numbers = leads.map(({ name, phone, alternatePhones }) =>
    [name ?? '', phone, ...alternatePhones.map((one) => one.phone)].join(' '),
  );
  return { mapping, numbers, reasons: rejected.map(({ reason }) => reason) };
}

it('Meta Lead Ads', () => {
  const text =
    'id,created_time,ad_id,ad_name,form_name,is_organic,platform,full_name,phone_number\nl:1,2026-01-01T00:00:00,ag:2,Spring,Form A,false,fb,Ann Lee,p:+12025550101\nl:2,2026-01-02T00:00:00,ag:2,Spring,Form A,false,ig,Bob Ray,p:+12025550102';
  expect(leadsOf(text).numbers).toEqual(['Ann Lee +12025550101', 'Bob Ray +12025550102']);
});

it('Google Contacts', () => {
  const text =
    'First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\nAnn,Lee,Acme,Mobile,+1 202-555-0101 ::: +1 202-555-0111,Work,202-555-0121\nBob,Ray,,Work,,Mobile,202-555-0102';
  expect(leadsOf(text).numbers).toEqual([
    'Ann Lee +12025550101 +12025550111 +12025550121',
    'Bob Ray +12025550102',
  ]);
});

it('Outlook, whose fax and assistants are not called', () => {
  const text =
    "First Name,Last Name,Company,Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone\nAnn,Lee,Acme,202-555-0191,202-555-0181,(202) 555-0101,,(202) 555-0111\nBob,Ray,Acme,202-555-0191,202-555-0182,,202-555-0102,";
  expect(leadsOf(text).numbers).toEqual(['Ann Lee +12025550101 +12025550111', 'Bob Ray +12025550102']);
});

it('HubSpot and Salesforce', () => {
  const hubspot =
    'Record ID,First Name,Last Name,Phone Number,Mobile Phone Number,Contact owner\n7001234567,Ann,Lee,2025550101,,Zed\n7001234568,Bob,Ray,,2025550102,Zed';
  expect(leadsOf(hubspot).numbers).toEqual(['Ann Lee +12025550101', 'Bob Ray +12025550102']);
  const salesforce =
    'Lead ID,First Name,Last Name,Company / Account,Phone,Mobile\n00Q1,Ann,Lee,Acme,(202) 555-0101,\n00Q2,Bob,Ray,Acme,,(202) 555-0102\n"Confidential Information - Do Not Distribute"';
  expect(leadsOf(salesforce).numbers).toEqual(['Ann Lee +12025550101', 'Bob Ray +12025550102']);
});

it('a form whose titles are questions with examples', () => {
  const text =
    '"Timestamp","What is your full name, as it is written in your passport or on your driving licence?","On which phone number may we call you (e.g. +12025550123)?"\n1/2/2026 10:00:00,Ann Lee,202 555 0101\n1/3/2026 10:00:00,Bob Ray,202 555 0102';
  expect(leadsOf(text).numbers).toEqual(['Ann Lee +12025550101', 'Bob Ray +12025550102']);
});

it('area codes in a column of their own', () => {
  const text = 'Name,Area code,Phone\nAnn Lee,202,555-0101\nBob Ray,202,555-0102';
  expect(leadsOf(text).numbers).toEqual(['Ann Lee +12025550101', 'Bob Ray +12025550102']);
  expect(leadsOf('Nome,DDD,Telefone\nAna Lima,11,96123-4567\nRui Reis,21,2345-6789', 'BR').numbers).toEqual([
    'Ana Lima +5511961234567',
    'Rui Reis +552123456789',
  ]);
});

it('old numbers last', () => {
  const text = 'Name,Old phone,New phone\nAnn,2025550101,2025550111\nBob,2025550102,2025550112';
  expect(leadsOf(text).numbers).toEqual(['Ann +12025550111 +12025550101', 'Bob +12025550112 +12025550102']);
});

it('numbers that are all wrong say why, under their title', () => {
  const { mapping, reasons } = leadsOf('Name,Phone\nAnn,555-123-4567\nBob,555-987-6543');
  expect(mapping.phoneColumns).toEqual([1]);
  expect(reasons).toEqual(['invalid-number', 'invalid-number']);
});

it.each([
  ['DE', 'Nachname,Vorname,Rufnummer,PLZ\nMüller,Jörg,030 23125000,10115\nGroß,Ute,0171 39200001,20095'],
  ['BR', 'Nome,Telefone,Cidade\nAna Lima,(11) 96123-4567,São Paulo\nRui Reis,(21) 98765-4321,Rio'],
  ['PL', 'Imię,Nazwisko,Telefon,Miasto\nJan,Kot,512 345 678,Kraków\nEwa,Lis,601 234 567,Łódź'],
  ['FR', 'Nom,Prénom,Téléphone\nDupont,Marie,01 99 00 12 34\nPetit,Luc,01 99 00 12 35'],
  ['IR', 'نام,شماره موبایل,شهر\nعلی رضایی,09121234567,تهران\nمریم احمدی,09351234567,اصفهان'],
  [
    'IN',
    'Name,Mobile No,State,Country\nAsha Rao,98765 43210,Karnataka,India\nRavi Iyer,91234 56780,Kerala,India',
  ],
] as const)('finds the country %s where the organization is American', (country, text) => {
  const { mapping, numbers } = leadsOf(text);
  expect(mapping.country).toBe(country);
  expect(numbers).toHaveLength(2);
});

it('asks for the country where many would fit', () => {
  const { mapping, numbers } = leadsOf('Name,Phone\nAnn,98765 43210\nBob,98123 45678');
  expect(mapping.country).toBeUndefined();
  expect(mapping.countryFits.length).toBeGreaterThan(1);
  expect(numbers).toEqual([]);
});
