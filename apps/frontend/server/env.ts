import { trustSchema } from '@outdial/http';
import { z } from 'zod';

const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  WEB_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  API_URL: z
    .string()
    .default('http://127.0.0.1:4000')
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/ }))),
  SIP_UPSTREAM_URL: z.url({ protocol: /^wss?$/ }).optional(),
  /** Read by the pages' Content-Security-Policy. */
  SIP_WS_URL: z.url({ protocol: /^wss?$/ }).optional(),
  WEB_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Proxies in front of this server; without one, the visitor is who connects. */
  TRUST_PROXY: trustSchema.prefault('0'),
});

export type WebEnv = z.output<typeof envSchema>;

/**
 * Settings of the web server; an empty value counts as not set.
 * @throws Error that names every setting that is wrong
 */
export function readWebEnv(source: Readonly<Record<string, string | undefined>>): WebEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The web server's settings are wrong:\n${lines.join('\n')}`);
}
