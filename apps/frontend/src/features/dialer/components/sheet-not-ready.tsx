import type { Sheet } from '@outdial/contracts';
import Link from 'next/link';
import { IntakeProgress } from '@/components/sheet/intake-progress';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { reviewOf } from '@/config/routes';
import type { Intake } from '@/lib/sheet-intake';

/** Why there is nothing to dial yet: how far the sheet is, or what has to be done about it. */
export function SheetNotReady({ sheet, intake }: { sheet: Sheet; intake: Intake }) {
  if (intake.state === 'under-way')
    return (
      <div className="grid gap-2">
        <p className="font-medium">Your leads are being taken in. You can start as soon as they are here.</p>
        <IntakeProgress name={sheet.name} intake={intake} />
      </div>
    );
  return (
    <Notice
      tone={intake.state === 'failed' ? 'error' : 'wrapup'}
      action={
        <Button asChild size="sm">
          <Link href={reviewOf(sheet.id)}>Choose columns</Link>
        </Button>
      }
    >
      {intake.state === 'failed' ? intake.message : 'This sheet has not been taken in yet.'}
    </Notice>
  );
}
