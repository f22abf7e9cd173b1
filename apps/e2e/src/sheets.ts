export interface LeadRow {
  readonly name: string;
  readonly phone: string;
  readonly city?: string;
}

const NAMES = ['Amelia Hart', 'Ben Okafor', 'Chloé Laurent', 'Diego Ramírez', 'Elif Yılmaz'];
const MORE_NAMES = ['Farid Haddad', 'Grace Nakamura', 'Henrik Sørensen', 'Isabel Costa', 'Jamal Washington'];

/** Leads whose numbers end in these digits, which choose what becomes of the call (infra/carrier/outcomes.xml). */
export function leadsEndingIn(digits: string): LeadRow[] {
  const names = [...NAMES, ...MORE_NAMES];
  return [...digits].map((digit, index) => ({
    name: names[index % names.length] ?? 'Nobody',
    phone: `+120255501${index % 10}${digit}`,
    city: index % 2 === 0 ? 'Washington' : 'Baltimore',
  }));
}

/** As a browser's file chooser gives it. */
export function csvFile(leads: readonly LeadRow[], name = 'leads.csv') {
  const lines = ['Name,Phone,City', ...leads.map((lead) => `${lead.name},${lead.phone},${lead.city ?? ''}`)];
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) };
}
