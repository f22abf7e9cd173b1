import { SheetHost } from './worker-host';
import type { SheetPort } from './worker-protocol';

// Entry of the browser's module worker, whose global scope is its port:
// new Worker(new URL('@outdial/sheets/worker', import.meta.url), { type: 'module' })
new SheetHost(globalThis as unknown as SheetPort);
