import { v7 as uuidv7 } from 'uuid';
import { LocalFileStorage } from '../apps/backend/src/adapters/file-storage';
import { createDb } from '../apps/backend/src/db/client';
import { seedHistory } from './seed/history';
import { DEMO_PASSWORD, seedPeople } from './seed/people';
import { recordConversations } from './seed/recordings';

/** Fills the database with the demo organizations. Safe to run again: what is there stays as it is. */
async function main(): Promise<void> {
  const { DATABASE_URL, OUTDIAL_DEMO, UPLOADS_DIR = 'uploads' } = process.env;
  if (OUTDIAL_DEMO !== '1') {
    console.error('Demo accounts have a known password. Set OUTDIAL_DEMO=1 if that is what you want here.');
    process.exit(1);
  }
  if (!DATABASE_URL) {
    console.error('DATABASE_URL is missing: say which database to fill.');
    process.exit(1);
  }
  const db = createDb(DATABASE_URL, 4);
  try {
    const storage = await LocalFileStorage.create(UPLOADS_DIR);
    const agents = await seedPeople(db);
    const fresh = (await db.call.count({ where: { organizationId: agents[0]?.organizationId ?? '' } })) === 0;
    if (!fresh) return console.log('The demo data is there already.');
    const wanted = await seedHistory(db, storage, agents);
    const recordings = await recordConversations(storage, wanted);
    await db.recording.createMany({ data: recordings.map((row) => ({ id: uuidv7(), ...row })) });
    console.log(`Demo data is in: ${recordings.length} recordings, everyone's password is ${DEMO_PASSWORD}.`);
  } finally {
    await db.$disconnect();
  }
}

await main();
