import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVitest, type Vitest } from 'vitest/node';
import { ROOT } from '../run/settings';
import type { Area } from './areas';
import type { Mutant } from './mutants';

type Outcome = 'green' | 'red';

/** A run that takes this much longer than without the fault hangs by it. */
const PATIENCE = 4;
const LEAST_MS = 60_000;

interface Project {
  readonly name?: string;
  readonly globalSetup?: string;
}

/** What the workspace's own configuration says of a project; its database and the rest are the same here. */
async function projectOf({ workspace, project }: Area): Promise<Project> {
  if (!project) return {};
  const file = pathToFileURL(join(ROOT, workspace, 'vitest.config.ts')).href;
  const { default: config } = (await import(file)) as {
    default: { test: { projects: readonly { test: Project }[] } };
  };
  const found = config.test.projects.find(({ test }) => test.name === project);
  if (!found) throw new Error(`${workspace} has no test project named ${project}.`);
  return found.test;
}

/**
 * Vitest with what an area's tests need, started once for all of its mutants. A fault is put in as the file is loaded:
 * nothing is written to the working tree.
 */
export class TestBed {
  static async open(area: Area): Promise<TestBed> {
    const bed = new TestBed(area);
    await bed.#start();
    return bed;
  }

  #vitest: Vitest | null = null;
  #mutant: Mutant | null = null;
  readonly #usualMs = new Map<string, number>();

  private constructor(private readonly area: Area) {}

  /** Whether some of these tests notice the fault. */
  async notices(mutant: Mutant, tests: readonly string[]): Promise<boolean> {
    for (const test of tests) {
      const usual = await this.#usual(test);
      if ((await this.#run(test, mutant, Math.max(LEAST_MS, usual * PATIENCE))) === 'red') return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#vitest?.close();
    this.#vitest = null;
  }

  /** How long a test file takes without a fault. @throws Error when it is red without one */
  async #usual(test: string): Promise<number> {
    const known = this.#usualMs.get(test);
    if (known !== undefined) return known;
    const before = performance.now();
    if ((await this.#run(test, null, 10 * LEAST_MS)) === 'red')
      throw new Error(`${this.area.workspace}/${test} is red without any fault.`);
    const usual = performance.now() - before;
    this.#usualMs.set(test, usual);
    return usual;
  }

  async #run(test: string, mutant: Mutant | null, limitMs: number): Promise<Outcome> {
    const vitest = this.#vitest ?? (await this.#start());
    this.#change(vitest, mutant);
    const specifications = await vitest.globTestSpecifications([test]);
    if (specifications.length === 0) throw new Error(`${this.area.workspace} has no test ${test}.`);
    const running = vitest
      .runTestSpecifications(specifications)
      .then(
        ({ testModules, unhandledErrors }): Outcome =>
          unhandledErrors.length === 0 && testModules.every((module) => module.ok()) ? 'green' : 'red',
      );
    const outcome = await Promise.race([running, after(limitMs)]);
    if (outcome !== 'hangs') return outcome;
    running.catch(() => undefined);
    await this.close();
    return 'red';
  }

  #change(vitest: Vitest, mutant: Mutant | null): void {
    for (const { file } of [this.#mutant, mutant].filter((one) => one !== null))
      vitest.invalidateFile(this.#path(file));
    this.#mutant = mutant;
  }

  #path(file: string): string {
    return join(ROOT, this.area.workspace, file);
  }

  async #start(): Promise<Vitest> {
    const root = join(ROOT, this.area.workspace);
    const { name, ...project } = await projectOf(this.area);
    const faults = {
      name: 'faults',
      enforce: 'pre' as const,
      load: (id: string) =>
        this.#mutant && id.split('?')[0] === this.#path(this.#mutant.file) ? this.#mutant.source : undefined,
    };
    const vitest = await createVitest(
      'test',
      {
        ...project,
        root,
        config: false,
        include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
        watch: false,
        bail: 1,
        reporters: [{}],
        silent: true,
      },
      { plugins: [faults] },
    );
    await vitest.standalone();
    this.#vitest = vitest;
    return vitest;
  }
}

const after = (ms: number) =>
  new Promise<'hangs'>((resolve) => {
    setTimeout(() => resolve('hangs'), ms).unref();
  });
