import { register } from 'tsx/esm/api';

register();
await import('./fuzz-reader.ts');
