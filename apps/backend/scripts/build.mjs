// Bundles the entry points for production.
import { build } from 'esbuild';
import { options } from './bundle.mjs';

await build(options);
