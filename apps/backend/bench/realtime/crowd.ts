import { hash } from '@node-rs/argon2';
import { type Envelope, REALTIME_PATH, type Role } from '@outdial/contracts';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from '../../src/container';
import { defaultGrants } from '../../src/services/identity/organizations.service';

const PASSWORD = 'correct horse battery';
/** A hash is checked at the price it was made at; the product's is meant to be slow. */
const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const AT_ONCE = 8;

export interface Person {
  readonly userId: string;
  readonly role: Role;
  readonly cookie: string;
}

/** An organization of people who are signed in. */
export async function signedIn(
  { db, services }: Core,
  wanted: Readonly<Partial<Record<Role, number>>>,
): Promise<{ organizationId: number; people: Person[] }> {
  const { id: organizationId } = await db.organization.create({
    data: { name: 'Bench', slug: 'bench', rolePermissions: { create: defaultGrants() } },
  });
  const password = await hash(PASSWORD, CHEAP);
  const roles = (Object.entries(wanted) as [Role, number][]).flatMap(([role, count]) =>
    Array.from({ length: count }, () => role),
  );
  const signIn = async (role: Role, index: number): Promise<Person> => {
    const [userId, email] = [uuidv7(), `${role}-${index}@bench.test`];
    const accounts = { create: { id: uuidv7(), accountId: userId, providerId: 'credential', password } };
    await db.user.create({
      data: { id: userId, organizationId, email, name: email, roleKey: role, accounts },
    });
    const { cookies } = await services.auth.signIn(email, PASSWORD, new Headers());
    return { userId, role, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') };
  };
  const people: Person[] = [];
  for (let from = 0; from < roles.length; from += AT_ONCE)
    people.push(
      ...(await Promise.all(roles.slice(from, from + AT_ONCE).map((role, n) => signIn(role, from + n)))),
    );
  return { organizationId, people };
}

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));

/** Pages of the product. @param hear told of each call that a page hears of */
export function openPages(
  url: string,
  people: readonly Person[],
  hear: (callId: string) => void,
): Promise<Socket[]> {
  return Promise.all(
    people.map(async ({ cookie }) => {
      const extraHeaders = { cookie };
      const socket = io(url, {
        path: REALTIME_PATH,
        extraHeaders,
        transports: ['websocket'],
        forceNew: true,
      });
      await connected(socket);
      socket.on('facts', ({ facts }: Envelope) => {
        for (const { name, payload } of facts) if (name === 'call.changed') hear(payload.callId);
      });
      await socket.timeout(10_000).emitWithAck('since', null);
      return socket;
    }),
  );
}

/** The same number of plain sockets. @param hear told when each message they hear was sent, in ms since 1970 */
export function openPlain(
  url: string,
  people: readonly Person[],
  hear: (at: number) => void,
): Promise<Socket[]> {
  return Promise.all(
    people.map(async ({ userId, role }) => {
      const auth = { room: role === 'manager' ? 'managers' : userId };
      const socket = io(url, { auth, transports: ['websocket'], forceNew: true });
      socket.on('fact', (_fact: unknown, at: number) => hear(at));
      await connected(socket);
      return socket;
    }),
  );
}
