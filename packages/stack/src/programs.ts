import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps servers in `sbin`, which is not on an ordinary user's PATH. */
const EXTRA_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** Absolute path of a program, or undefined if the machine has none. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...EXTRA_FOLDERS];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Absolute path of a program. @throws if it is missing; set-up should have found that before. */
export function requireProgram(name: string): string {
  const path = findProgram(name);
  if (path === undefined)
    throw new Error(`${name} is not installed. Run "npm start" to install what is missing.`);
  return path;
}

/** True if Kamailio has the module: Debian spreads them over several packages. */
export function hasKamailioModule(module: string): boolean {
  return kamailioModuleFolders().some((folder) => isReadable(join(folder, `${module}.so`)));
}

function kamailioModuleFolders(): string[] {
  const multiarch = listFolder('/usr/lib').map((name) => join('/usr/lib', name, 'kamailio/modules'));
  return [
    ...multiarch,
    '/usr/lib/kamailio/modules',
    '/usr/lib64/kamailio/modules',
    '/usr/local/lib64/kamailio/modules',
  ];
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const isExecutable = (path: string) => isAccessible(path, constants.X_OK);
const isReadable = (path: string) => isAccessible(path, constants.R_OK);

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
