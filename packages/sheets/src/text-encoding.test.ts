import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeText } from './text-encoding';

const PEOPLE = {
  ru: ['Иван Петров', 'Анна Сидорова', 'Москва', 'Санкт-Петербург', 'Перезвонить завтра'],
  uk: ['Олександр Шевченко', 'Їжак Ганна', 'Київ', 'Львів', 'Передзвонити'],
  el: ['Γιώργος Παπαδόπουλος', 'Μαρία Νικολάου', 'Αθήνα', 'Θεσσαλονίκη', 'πελάτης'],
  he: ['משה כהן', 'נועה לוי', 'תל אביב', 'ירושלים', 'לקוח חדש'],
  ar: ['محمد الأحمد', 'ليلى حداد', 'القاهرة', 'الرياض', 'عميل جديد'],
  tr: ['Işıl Gürağaç', 'Ömer Şahin', 'İstanbul', 'Eskişehir', 'müşteri'],
  pl: ['Łukasz Wiśniewski', 'Grażyna Łęcka', 'Kraków', 'Poznań', 'zadzwonić później'],
  cs: ['Jiří Dvořák', 'Věra Šťastná', 'Praha', 'Plzeň', 'zavolat později'],
  lt: ['Jonas Kazlauskas', 'Rūta Žukauskienė', 'Vilnius', 'Šiauliai', 'paskambinti vėliau'],
  th: ['สมชาย ใจดี', 'สมหญิง รักไทย', 'กรุงเทพ', 'เชียงใหม่', 'ลูกค้าใหม่'],
  ja: ['山田太郎', '田中花子', '東京都', '大阪市', '営業部'],
  zh: ['王小明', '李小龙', '北京市', '上海市', '新客户'],
  tw: ['王小明', '陳大文', '臺北市', '高雄市', '新客戶'],
  ko: ['김철수', '이영희', '서울특별시', '부산광역시', '새 고객'],
  de: ['Jürgen Müller', 'Käthe Groß', 'Köln', 'München', 'später anrufen'],
  fr: ['Zoé Lefèvre', 'François Noël', 'Besançon', 'Nîmes', 'à rappeler'],
} as const;

it.each([
  ['windows-1251', 'ru'],
  ['koi8-r', 'ru'],
  ['ibm866', 'ru'],
  ['iso-8859-5', 'ru'],
  ['windows-1251', 'uk'],
  ['windows-1253', 'el'],
  ['windows-1255', 'he'],
  ['windows-1256', 'ar'],
  ['windows-1254', 'tr'],
  ['windows-1250', 'pl'],
  ['windows-1250', 'cs'],
  ['windows-1257', 'lt'],
  ['windows-874', 'th'],
  ['shift_jis', 'ja'],
  ['euc-jp', 'ja'],
  ['gb18030', 'zh'],
  ['big5', 'tw'],
  ['euc-kr', 'ko'],
  ['windows-1252', 'de'],
  ['windows-1252', 'fr'],
] as const)('tells %s of %s among addresses and numbers in ASCII', (encoding, language) => {
  const rows = PEOPLE[language].map(
    (name, n) =>
      `${name},person${n}@example.com,+1 202 555 010${n},2026-01-0${n + 1},https://example.com/crm/${n}`,
  );
  const text = ['name,email,phone,created,link', ...rows].join('\r\n');
  expect(decodeText(new Uint8Array(iconv.encode(text, encoding))).text).toBe(text);
});
