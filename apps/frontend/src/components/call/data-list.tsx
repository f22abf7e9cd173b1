/** A lead's columns, as the sheet named them. */
export function DataList({ data }: { data: Readonly<Record<string, string>> }) {
  return (
    <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4 gap-y-1.5">
      {Object.entries(data).map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="truncate text-xs leading-5 text-muted" title={name}>
            {name}
          </dt>
          <dd className="min-w-0 wrap-break-word">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
