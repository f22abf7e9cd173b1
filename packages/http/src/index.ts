export { createBoundedServer } from './bounded-server';
export { addressBehind, trustSchema } from './trust-proxy';
