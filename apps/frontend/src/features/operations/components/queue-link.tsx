import { Button } from '@/components/ui/button';

/** The way to the queue's own page, which the API serves. */
export function QueueLink() {
  return (
    <section aria-label="Jobs" className="grid gap-3 rounded-lg border bg-surface p-4">
      <h2 className="font-medium">Jobs</h2>
      <p className="text-muted">
        Imports, recordings and what is done by the clock: what waits, what runs, what has failed and why. The
        page shows ids, no customer’s data, and changes nothing.
      </p>
      <div>
        <Button asChild variant="primary">
          <a href="/api/jobs">Open the queue</a>
        </Button>
      </div>
    </section>
  );
}
