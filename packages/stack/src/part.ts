import type { SupervisorOptions } from './supervisor';

/** What every part of the stack gets from the stack it belongs to. */
export interface PartContext {
  /** Absolute folder that holds everything: `.outdial`, or a test's own. */
  readonly dir: string;
  /** Folders below it. */
  readonly runDir: string;
  readonly logDir: string;
  /** The repository's `infra/`, with the configuration that docker compose uses too. */
  readonly infraDir: string;
  readonly onLog: SupervisorOptions['onLog'];
}

/** File names of one part. */
export function partFiles(context: PartContext, name: string) {
  return {
    logFile: `${context.logDir}/${name}.log`,
    ownerDir: context.dir,
  };
}
