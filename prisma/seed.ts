import { LocalFileStorage } from '../apps/backend/src/adapters/local-file-storage';
import { requireDatabaseUrl } from '../apps/backend/src/config/addresses';
import { createDb, type Db } from '../apps/backend/src/db/client';
import { seedHistory } from './seed/history';
import { DEMO_PASSWORD, seedPeople } from './seed/people';
import { recordConversations } from './seed/recordings';

/** Fills the database with the demo organizations. Safe to run again: what is there stays as it is. */
async function main(): Promise<void> {
  const { OUTDIAL_DEMO, UPLOADS_DIR = 'uploads' } = process.env;
  if (OUTDIAL_DEMO !== '1') {
    console.error('Demo accounts have a known password. Set OUTDIAL_DEMO=1 if that is what you want here.');
    process.exit(1);
  }
  const db = createDb(requireDatabaseUrl(), 4);
  try {
    const storage = await LocalFileStorage.create(UPLOADS_DIR);
    const agents = await seedPeople(db);
    const fresh = (await db.call.count({ where: { organizationId: agents[0]?.organizationId ?? 0 } })) === 0;
    if (!fresh) return console.log('The demo data is there already.');
    const wanted = await seedHistory(db, storage, agents);
    const recordings = await recordConversations(storage, wanted);
    for (const recording of recordings) await addRecording(db, recording);
    console.log(`Demo data is in: ${recordings.length} recordings, everyone's password is ${DEMO_PASSWORD}.`);
  } finally {
    await db.$disconnect();
  }
}

type MadeRecording = Awaited<ReturnType<typeof recordConversations>>[number];

async function addRecording(db: Db, recording: MadeRecording): Promise<void> {
  const { organizationId, callId, files, ...audio } = recording;
  const [fileId, peaksFileId] = await Promise.all(
    files.map(async ({ key, sizeBytes }) => {
      const { id } = await db.storedFile.create({ data: { organizationId, key, sizeBytes } });
      return id;
    }),
  );
  if (fileId === undefined || peaksFileId === undefined) return;
  await db.recording.create({
    data: { organizationId, callId, fileId, peaksFileId, status: 'complete', ...audio },
  });
  await db.call.updateMany({ where: { organizationId, id: callId }, data: { recorded: true } });
}

await main();
