import { v7 as uuidv7 } from 'uuid';
import type { CallCreateManyInput } from '../../src/db/generated/models';
import { uuidBytes } from '../../src/db/public-ids';
import { timeId } from '../../src/db/time-id';

const drawn = new Set<number>();

/** Another one for each row of a moment: the product draws again where two are alike. */
function freshId(at: Date): number {
  const id = timeId(at);
  if (drawn.has(id)) return freshId(at);
  drawn.add(id);
  return id;
}

/** A call's row as the product would have written it. */
export function callRow(
  row: Pick<CallCreateManyInput, 'organizationId' | 'agentId'> & {
    startedAt: Date;
  } & Partial<CallCreateManyInput>,
): CallCreateManyInput {
  return {
    id: freshId(row.startedAt),
    uuid: uuidBytes(uuidv7()),
    direction: 'outbound',
    destination: '+12025550100',
    status: 'answered',
    ...row,
  };
}
