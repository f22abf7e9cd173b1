import { endpoints, pathOf, type Sheet, type SheetMapping } from '@outdial/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';

const { sheets, uploads } = endpoints;

export function useSheets() {
  return useInfiniteQuery({
    queryKey: queryKeys.sheets,
    queryFn: ({ pageParam, signal }) =>
      api(sheets.list, { query: pageParam ? { cursor: pageParam } : {} }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** The newest sheets that have leads left. */
export function useUnfinishedSheets() {
  return useQuery({
    queryKey: [...queryKeys.sheets, 'unfinished'],
    queryFn: async ({ signal }): Promise<Sheet[]> => {
      const { items } = await api(sheets.list, { query: { limit: 50 } }, { signal });
      return items.filter(({ remaining }) => remaining > 0).slice(0, 5);
    },
  });
}

/** Uploads and imports a sheet. Idempotent by `id`: doing it again after a lost answer doubles nothing. */
export async function takeInSheet(
  { id, file, mapping, country }: { id: string; file: File; mapping: SheetMapping; country: string },
  onStep: (step: 'uploading' | 'importing') => void,
): Promise<Sheet> {
  onStep('uploading');
  await api(uploads.create, { body: { id }, file, fileName: file.name });
  onStep('importing');
  return api(sheets.import, { params: { sheetId: id }, body: { mapping, country } });
}

export function issuesCsvUrl(sheetId: string): string {
  return `/api${pathOf(sheets.issuesCsv, { params: { sheetId } })}`;
}
