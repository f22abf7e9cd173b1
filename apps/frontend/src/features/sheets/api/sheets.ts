import { endpoints, pathOf, type Sheet, type SheetMapping } from '@outdial/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { intakeOf } from '@/lib/sheet-intake';

const { sheets, uploads } = endpoints;

/** While a sheet is taken in the server tells of each step; should a word be lost, this is how long it shows. */
const NET_MS = 2_000;

/** Share of a sheet's numbers that an earlier one has. */
const WORTH_ASKING = 0.2;

const isUnderWay = (sheet: Sheet) => intakeOf(sheet)?.state === 'under-way';

export function useSheets() {
  return useInfiniteQuery({
    queryKey: queryKeys.sheets,
    queryFn: ({ pageParam, signal }) =>
      api(sheets.list, { query: pageParam ? { cursor: pageParam } : {} }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? NET_MS : false,
  });
}

/** The newest sheets that have leads left, or are about to. */
export function useUnfinishedSheets() {
  return useQuery({
    queryKey: [...queryKeys.sheets, 'unfinished'],
    queryFn: async ({ signal }): Promise<Sheet[]> => {
      const { items } = await api(sheets.list, { query: { limit: 50 } }, { signal });
      return items.filter((sheet) => sheet.remaining > 0 || isUnderWay(sheet)).slice(0, 5);
    },
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? NET_MS : false),
  });
}

/** One sheet, followed until it has been taken in, also while the agent looks at another tab. */
export function useSheet(sheetId: string, enabled: boolean) {
  return useQuery({
    queryKey: queryKeys.sheet(sheetId),
    queryFn: ({ signal }) => api(sheets.show, { params: { sheetId } }, { signal }),
    enabled,
    refetchInterval: ({ state }) => (!state.data || isUnderWay(state.data) ? NET_MS : false),
    refetchIntervalInBackground: true,
  });
}

/** The earlier sheet that has most of these numbers, if it has enough of them to ask about. */
export function useOverlap(numbers: readonly string[]) {
  return useQuery({
    queryKey: ['sheet-overlaps', numbers],
    queryFn: async ({ signal }) => {
      const answer = await api(sheets.overlaps, { body: { numbers: [...numbers] } }, { signal });
      const [most] = answer.sheets;
      return most && most.shared >= numbers.length * WORTH_ASKING ? most : null;
    },
    enabled: numbers.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** An uploaded sheet's file as it was, to look at it again. */
export function useSheetFile(sheetId: string | null) {
  return useQuery({
    queryKey: ['sheet-file', sheetId],
    queryFn: async ({ signal }): Promise<File> => {
      const params = { sheetId: sheetId ?? '' };
      const { fileName } = await api(sheets.show, { params }, { signal });
      const response = await fetch(`/api${pathOf(sheets.file, { params })}`, { signal });
      if (!response.ok) throw new Error('The file could not be fetched. Try again.');
      return new File([await response.blob()], fileName);
    },
    enabled: sheetId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Idempotent by `id`: doing it again after a lost answer doubles nothing. */
export async function uploadSheet(id: string, file: File): Promise<void> {
  await api(uploads.create, { body: { id }, file, fileName: file.name });
}

/** Has the server turn the sheet into leads; it answers before it has. After a failure it tries again. */
export async function importSheet(id: string, mapping: SheetMapping): Promise<void> {
  await api.send(sheets.import, { params: { sheetId: id }, body: { mapping } });
}

export function issuesCsvUrl(sheetId: string): string {
  return `/api${pathOf(sheets.issuesCsv, { params: { sheetId } })}`;
}
