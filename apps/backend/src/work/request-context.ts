import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a request came from: what the audit log writes beside who did what. */
export interface RequestContext {
  readonly requestId: string;
  readonly address: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs a request's handling; whatever it brings about knows where it came from. */
export const inRequest = <T>(context: RequestContext, handle: () => T): T => storage.run(context, handle);

/** Undefined outside a request, as in the worker. */
export const requestContext = (): RequestContext | undefined => storage.getStore();
