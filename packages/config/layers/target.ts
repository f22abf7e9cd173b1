import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { globSync } from 'tinyglobby';

const FRONTEND = 'apps/frontend/src';

/** Folder of each workspace of ours, by package name. */
export type Workspaces = ReadonlyMap<string, string>;

export function findWorkspaces(root: string): Workspaces {
  const manifests = globSync('{apps,packages}/*/package.json', { cwd: root });
  return new Map(
    manifests.map((manifest) => {
      const { name } = JSON.parse(readFileSync(posix.join(root, manifest), 'utf8')) as { name: string };
      return [name, posix.dirname(manifest)];
    }),
  );
}

/** A path without the extension of a source file: `calls.service.ts` is `calls.service`. */
export const stem = (path: string) => path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');

/**
 * What an import names: a file from the repository's root, `npm:…`, or `node:…`. Nothing is looked up on disk, so
 * that a client which is yet to be generated counts like any file.
 * @throws Error for a form that nobody uses here, lest a rule be passed by unseen
 */
export function targetOf(file: string, specifier: string, workspaces: Workspaces): string {
  if (specifier.startsWith('.')) return stem(posix.join(posix.dirname(file), specifier));
  if (specifier.startsWith('@/')) return stem(posix.join(FRONTEND, specifier.slice(2)));
  if (specifier.startsWith('node:')) return specifier;
  if (/^[#/~]|^\w+:/.test(specifier))
    throw new Error(`${file} imports '${specifier}': teach target.ts that form.`);
  const [scope = '', name = '', ...rest] = specifier.split('/');
  if (builtinModules.includes(scope)) return `node:${specifier}`;
  const [packageName, inside] = scope.startsWith('@') ? [`${scope}/${name}`, rest] : [scope, [name, ...rest]];
  const folder = workspaces.get(packageName);
  if (!folder) return `npm:${specifier}`;
  // Our packages export `./*` as `./src/*.ts`.
  const path = inside.filter(Boolean).join('/') || 'index';
  return stem(posix.join(folder, path.startsWith('src/') ? '' : 'src', path));
}
