import type { Role } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
import { passwordHasher } from '../../src/adapters/password';
import { publicId, uuidBytes } from '../../src/db/public-ids';
import { openedSheet, report, stereoOpus, upload } from './fixtures';
import { type Outdial, PASSWORD, type TestUser } from './outdial';

/** Enough for every request that takes a lead of its own. */
const MANY_LEADS = [
  'Name,Phone',
  ...Array.from({ length: 400 }, (_, n) => `Lead ${n},+1202${5_550_000 + n}`),
];

export type Api = ReturnType<Outdial['visitor']>;

interface Lead {
  readonly id: string;
  readonly phone: string;
}

/** Somebody with rows of their own: a sheet that is being dialed, leads, calls, a recording, sessions. */
export class Person {
  static async create(outdial: Outdial, organizationId: number, role: Role): Promise<Person> {
    const hasPhone = role !== 'operator';
    const user = await outdial.user(organizationId, role, undefined, hasPhone);
    const person = new Person(outdial, user, role);
    if (hasPhone) await person.#work();
    return person;
  }

  #sheetId = uuidv7();
  #dialerSessionId = uuidv7();
  #recordingId = uuidv7();
  #leads: Lead[] = [];
  #api: Api;

  private constructor(
    readonly outdial: Outdial,
    readonly user: TestUser,
    readonly role: Role,
  ) {
    this.#api = user.api;
  }

  get sheetId(): string {
    return this.#sheetId;
  }

  /** The page that dials the sheet. */
  get dialerSessionId(): string {
    return this.#dialerSessionId;
  }

  get recordingId(): string {
    return this.#recordingId;
  }

  /** Signed in, anew if what was asked before has ended the session. */
  async signedIn(): Promise<Api> {
    const { status } = await this.#api.get('/api/me');
    if (status === 401) this.#api = await this.#signIn();
    return this.#api;
  }

  /** Takes the sheet back if another page has got it. @returns the page's id */
  async dialingPage(): Promise<string> {
    const { sheetId, dialerSessionId } = this;
    const api = await this.signedIn();
    await api.post(`/api/sheets/${sheetId}/queue/open`).send({ dialerSessionId, takeOver: true }).expect(200);
    return dialerSessionId;
  }

  /** One that nobody has called. */
  lead(): Lead {
    const lead = this.#leads.pop();
    if (!lead) throw new Error('The sheets of the matrix need more leads.');
    return lead;
  }

  async skippedLead(): Promise<string> {
    const { id } = this.lead();
    const dialerSessionId = await this.dialingPage();
    const url = `/api/sheets/${this.sheetId}/queue/leads/${id}/skip`;
    await (await this.signedIn()).post(url).send({ dialerSessionId }).expect(200);
    return id;
  }

  /** A call that goes on. */
  async call(): Promise<string> {
    const id = uuidv7();
    const api = await this.signedIn();
    await api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
    return id;
  }

  /** Another place where this person is signed in. */
  async session(): Promise<string> {
    const where = { userId: this.user.id };
    const before = (await this.outdial.db.session.findMany({ where })).map(({ id }) => id);
    await this.#signIn();
    const made = await this.outdial.db.session.findFirstOrThrow({
      where: { ...where, id: { notIn: before } },
    });
    return made.id;
  }

  /** Somebody of the same organization, with a phone, to whom anything may happen. */
  async workmate(): Promise<string> {
    return (await this.outdial.user(this.user.organizationId, 'agent')).id;
  }

  async team(): Promise<string> {
    const { organizationId } = this.user;
    const { id } = await this.outdial.db.team.create({ data: { organizationId, name: uuidv7() } });
    return publicId('team', id);
  }

  /** The password that everybody has again, whoever has changed one. */
  async password(): Promise<string> {
    const password = await passwordHasher.hash(PASSWORD);
    await this.outdial.db.account.updateMany({ data: { password } });
    return PASSWORD;
  }

  async #signIn(): Promise<Api> {
    const api = this.outdial.visitor();
    const password = await this.password();
    await api.post('/api/auth/sign-in').send({ email: this.user.email, password }).expect(200);
    return api;
  }

  async #work(): Promise<void> {
    const { sheetId, dialerSessionId } = await openedSheet(this.user, MANY_LEADS.join('\n'));
    const where = { sheet: { uuid: uuidBytes(sheetId) } };
    const leads = await this.outdial.db.lead.findMany({ where, select: { id: true, phone: true } });
    this.#leads = leads.map(({ id, phone }) => ({ id: publicId('lead', id), phone }));
    this.#sheetId = sheetId;
    this.#dialerSessionId = dialerSessionId;
    this.#recordingId = await this.call();
    await upload(this.user, report(this.#recordingId), await stereoOpus()).expect(200);
    const recording = () =>
      this.outdial.db.recording.findFirst({ where: { call: { uuid: uuidBytes(this.#recordingId) } } });
    await vi.waitUntil(async () => (await recording())?.status === 'complete', {
      timeout: 20_000,
      interval: 50,
    });
  }
}
