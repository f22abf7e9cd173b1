import { join } from 'node:path';
import { build } from 'esbuild';

/** A page's script from its sources, as one text. */
export async function bundle(name: 'probe' | 'bare-page'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    bundle: true,
    write: false,
    minify: true,
    format: name === 'probe' ? 'iife' : 'esm',
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  return outputFiles[0]?.text ?? '';
}
