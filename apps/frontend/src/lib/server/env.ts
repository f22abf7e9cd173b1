import 'server-only';

/** Read at every request: the same build runs with whatever addresses it is started with. */
export function apiUrl(): string {
  return process.env.API_URL || 'http://127.0.0.1:4000';
}

export function isDemo(): boolean {
  return process.env.OUTDIAL_DEMO === '1';
}
