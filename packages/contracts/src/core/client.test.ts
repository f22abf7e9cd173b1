import { describe, expect, it } from 'vitest';
import { ApiError, createClient, pathOf } from './client';
import { endpoints } from './endpoints';

/** Answers every request with one response, and keeps what was asked. */
function answering(status: number, body: unknown) {
  const asked: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new Request(input as string, init));
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, call: createClient({ baseUrl: 'http://outdial.test/api', fetch }) };
}

const health = {
  success: true,
  status: 'healthy',
  db: 'connected',
  redis: 'connected',
  switch: 'not-checked',
  disk: 'fine',
  timestamp: '2026-11-21T09:00:00.000Z',
};

describe('the typed client', () => {
  it('fills parameters and query into the path, encoded', () => {
    const request = { params: { sheetId: 'a/b' }, query: { kind: 'duplicate', limit: 5 } } as const;
    expect(pathOf(endpoints.sheets.issues, request)).toBe('/sheets/a%2Fb/issues?kind=duplicate&limit=5');
  });

  it('gives back the parsed answer', async () => {
    const { call } = answering(200, health);
    expect(await call(endpoints.health.show, {})).toEqual(health);
  });

  it('refuses an answer that is not what the endpoint declares', async () => {
    const { call } = answering(200, { ...health, db: 'maybe' });
    await expect(call(endpoints.health.show, {})).rejects.toThrow();
  });

  it('throws the server’s error with its code, message and status', async () => {
    const { call } = answering(404, {
      success: false,
      code: 'not-found',
      message: 'This sheet was not found.',
    });
    const error = await call(endpoints.sheets.show, { params: { sheetId: 'x' } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, code: 'not-found', message: 'This sheet was not found.' });
  });

  it('says that the server is away when a proxy answers in its stead, or nobody does', async () => {
    const { call } = answering(502, '<html>Bad gateway</html>');
    await expect(call(endpoints.health.show, {})).rejects.toMatchObject({ code: 'unavailable', status: 502 });
    const dead = createClient({
      baseUrl: '/api',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    await expect(dead(endpoints.health.show, {})).rejects.toMatchObject({ code: 'unavailable', status: 0 });
  });

  it('sends a file and its fields as a form', async () => {
    const { call, asked } = answering(200, { success: true, id: 'c', recordingId: null });
    await call(endpoints.cdr.upload, {
      body: { report: '{}' },
      file: new Blob(['sound']),
      fileName: 'c.webm',
    });
    const [request] = asked as [Request];
    const form = await request.formData();
    expect(form.get('report')).toBe('{}');
    expect((form.get('recording') as File).name).toBe('c.webm');
  });
});
