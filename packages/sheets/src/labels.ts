/** What the words of column titles mean, in the languages sheets come in. Folded: no case, no accents. */
const PHONE =
  'phone phones telephone tel tele mobile mob cell cellphone cellular msisdn whatsapp landline dial telefon telefonnummer rufnummer handy handynummer mobil mobilnummer festnetz telefono telefonos movil celular fijo telephones portable fixe telefone telemovel cellulare fisso telefoon telefoonnummer mobiel gsm komorka numer telefonu telefonni puhelin puhelinnumero matkapuhelin telefonszam mobiltelefon mobilni тел телефон телефоны мобильный сотовый номер telefonas هاتف الهاتف جوال الجوال موبايل رقم טלפון נייד 电话 電話 電話番号 手机 手機 手机号 携帯 携帯電話 전화 전화번호 휴대폰 โทรศัพท์ फोन मोबाइल';
const NUMBER_WORD = 'number numbers no nr num nummer numero n numer de of the e du di del do dos za le la';
const FIRST =
  'first firstname given givenname forename vorname prenom prenoms fornamn fornavn voornaam imie nome1 etunimi имя ad isim keresztnev jmeno 名 이름 firstnames';
const LAST =
  'last lastname surname family familyname nachname familienname zuname apellido apellidos nomdefamille cognome sobrenome apelido efternamn efternavn etternavn achternaam nazwisko sukunimi фамилия soyad soyadi vezeteknev prijmeni 姓';
const NAME =
  'name names fullname contact contactname customer client lead person prospect recipient nombre nom nome naam namn navn nimi nev nazwa kunde kundenname kontakt ansprechpartner cliente contacto klant klient фио клиент контакт اسم الاسم שם 姓名 名前 氏名 お名前 성명 ชื่อ नाम';
const OTHER =
  'company firm organisation organization business employer firma unternehmen entreprise societe empresa azienda bedrijf foretag компания city town ort stadt ville ciudad citta cidade plaats stad город street strasse address addr adresse direccion indirizzo endereco adres адрес state province region county country land pays pais paese zip zipcode postcode postal plz cp cap code email mail e-mail correo date datum fecha data day time note notes comment comments bemerkung notiz kommentar remarque remarques notas commentaire id key ref reference uuid account konto kunden kundennummer amount price total sum betrag montant importe balance score revenue age birthday dob geburtsdatum status type typ kind source campaign language sprache langue title titel anrede salutation gender position role job website url web fax department product order invoice owner agent group tag tags category segment priority timezone zone quantity qty stadtteil empresa notiz web';
const NOT_PHONE =
  'id key ref reference uuid zip zipcode postcode postal plz cp cap amount price total sum betrag montant importe balance score revenue date datum fecha time year order invoice account konto kundennummer customer ssn iban tax vat ust quantity qty age fax lat lon latitude longitude';
const NOT_PERSON =
  'company firm organisation organization business employer firma unternehmen entreprise societe empresa azienda bedrijf user username file filename campaign product city street country state domain host list sheet display nick project brand school account department id phone telephone mobile number email mail date code status type group';

const setOf = (words: string) => new Set(words.split(' ').map(fold));
const phone = setOf(PHONE);
const first = setOf(FIRST);
const last = setOf(LAST);
const name = setOf(NAME);
const notPhone = setOf(NOT_PHONE);
const notPerson = setOf(NOT_PERSON);
const known = new Set([
  ...phone,
  ...first,
  ...last,
  ...name,
  ...setOf(NUMBER_WORD),
  ...setOf(OTHER),
  ...notPhone,
  ...setOf(
    'work home office main primary secondary business private mobile direct other billing user a und y et i',
  ),
]);

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();
}

/** `phoneNumber_2` → phone, number. */
function words(label: string): string[] {
  const spaced = label.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return fold(spaced).match(/\p{L}+/gu) ?? [];
}

/** Whether every word of a cell is one that column titles are made of. */
export function isKnownLabel(label: string): boolean {
  const all = words(label);
  return all.length > 0 && all.length <= 5 && all.every((word) => known.has(word));
}

export interface LabelMeaning {
  phone: boolean;
  /** Digits under this title are something else: an id, a postcode, an amount. */
  notPhone: boolean;
  person: 'first' | 'last' | 'full' | null;
  /** A name under this title is not a person's: a company, a product. */
  notPerson: boolean;
}

/** What a column's title says about the column. */
export function labelMeaning(label: string): LabelMeaning {
  const all = words(label);
  const any = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  const other = any(notPerson);
  let person: LabelMeaning['person'] = null;
  if (!other) person = any(last) ? 'last' : any(first) ? 'first' : any(name) ? 'full' : null;
  // "first and last name" is the whole name
  if (!other && any(first) && any(last)) person = 'full';
  return { phone: any(phone), notPhone: any(notPhone), person, notPerson: other };
}
