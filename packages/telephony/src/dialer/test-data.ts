import type { Lead, Queue } from '@outdial/contracts';

/** A lead that nobody has called; numbers are fictitious (+1 202 555 01xx). */
export function makeLead(id: string, phone = '+12025550100'): Lead {
  return {
    id,
    line: 2,
    phone,
    extension: null,
    alternatePhones: [],
    name: `Lead ${id}`,
    data: {},
    status: 'new',
    attempts: 0,
    lastStatus: null,
    lastCallId: null,
    lastCallAt: null,
  };
}

export function makeQueue(sheetId: string, upcoming: Lead[]): Queue {
  const remaining = upcoming.length;
  return {
    sheet: {
      id: sheetId,
      name: 'Spring',
      fileName: 'spring.csv',
      sizeBytes: 100,
      format: 'csv',
      status: 'running',
      counts: null,
      import: null,
      remaining,
      createdAt: '2030-01-01T00:00:00.000Z',
      importedAt: '2030-01-01T00:00:00.000Z',
      uploadedBy: { id: 'ada', name: 'Ada' },
      url: '/api/sheets/s1/file',
    },
    counts: { total: remaining, remaining, done: 0, skipped: 0, byStatus: {} },
    upcoming,
    recent: [],
    averageHandleMs: null,
    dialer: null,
  };
}
