import { parseArgs } from 'node:util';
import { requireDatabaseUrl } from './config/addresses';
import { createDb } from './db/client';
import { AuditService, type ChainHead } from './services/platform/audit.service';

const USAGE = `Usage: npm run audit:verify -- [--expect <organization>:<seal>:<hash> …]
  --expect  an end of a chain that was written down before; the worker logs them every minute`;

function headOf(text: string): ChainHead {
  const [, organizationId, seq, hash] = /^(\d+):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!hash) throw new Error(USAGE);
  return { organizationId: Number(organizationId), seq: Number(seq), hash };
}

/** For the operator: whether anybody has removed, altered or re-ordered what the audit log says. */
async function main(): Promise<void> {
  const { expect = [] } = parseArgs({ options: { expect: { type: 'string', multiple: true } } }).values;
  const db = createDb(requireDatabaseUrl(), 2);
  try {
    const { heads, faults } = await new AuditService(db).verify(expect.map(headOf));
    for (const { organizationId, seq, hash } of heads) console.log(`${organizationId}:${seq}:${hash}`);
    for (const fault of faults) console.error(fault);
    console.log(faults.length === 0 ? 'The audit log is whole.' : `${faults.length} faults.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
