import type { SheetMapping, SheetPreview } from '@outdial/sheets';
import { Phone, User } from 'lucide-react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';

interface SheetRowsProps {
  readonly preview: SheetPreview;
  readonly mapping: SheetMapping;
}

/** The sheet's first rows as they were read, with the columns that mean something marked. */
export function SheetRows({ preview, mapping }: SheetRowsProps) {
  const { columns, rows, rowCount } = preview;
  return (
    <section aria-label="First rows" className="overflow-hidden rounded-lg border bg-surface">
      <h3 className="border-b px-3 py-2 text-xs font-medium text-muted">
        {rowCount > rows.length ? `First ${rows.length} of ${formatCount(rowCount)} rows` : 'All rows'}
      </h3>
      <ScrollRegion label="Rows of the sheet" className="max-h-96">
        <table className="w-full border-collapse text-xs">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              <th scope="col" className="px-3 py-1.5 text-right font-medium text-muted">
                Line
              </th>
              {columns.map(({ index, name }) => (
                <th key={index} scope="col" className="px-3 py-1.5 text-left font-medium whitespace-nowrap">
                  <span className="inline-flex items-center gap-1.5">
                    {mapping.phoneColumns.includes(index) && (
                      <Phone aria-label="Phone" className="size-3 text-accent" />
                    )}
                    {mapping.nameColumns.includes(index) && (
                      <User aria-label="Name" className="size-3 text-accent" />
                    )}
                    {name}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, cells }) => (
              <tr key={line} className="border-t">
                <td className="px-3 py-1.5 text-right text-muted">{line}</td>
                {columns.map(({ index }) => (
                  <td
                    key={index}
                    className={cn(
                      'max-w-64 truncate px-3 py-1.5',
                      mapping.phoneColumns.includes(index) && 'font-medium',
                    )}
                  >
                    {cells[index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
