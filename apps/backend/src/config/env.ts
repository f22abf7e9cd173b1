import { DEFAULT_REFUSED_NUMBERS, REFUSED_NUMBERS_FORM } from '@outdial/contracts';
import { trustSchema } from '@outdial/http';
import { z } from 'zod';
import { databaseUrlOf, EnvError, isAddress, NO_ADDRESS, redisUrlOf } from './addresses';

const EXAMPLE_SECRET = /change-?me|example|secret-here|outdial-demo/i;

const secret = z
  .string()
  .min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32')
  .refine(
    (value) => !EXAMPLE_SECRET.test(value),
    'is still the example; make one with: openssl rand -base64 32',
  );

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const iceServers = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON, like [{"urls":"stun:stun.example.com"}]' });
      return z.NEVER;
    }
  })
  .pipe(
    z.array(
      z.object({
        urls: z.union([z.string(), z.array(z.string())]),
        username: z.string().optional(),
        credential: z.string().optional(),
      }),
    ),
  );

const envSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65535).default(4000),
    WORKER_PORT: z.coerce.number().int().min(0).max(65535).default(4010),
    WEB_URL: z.url().default('http://localhost:3000'),
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((origin) => origin.trim())
          .filter(Boolean),
      ),
    /** Our web servers, which write X-Forwarded-For anew; `npm start`'s is on this machine. */
    API_TRUST_PROXY: trustSchema.prefault('loopback'),
    DATABASE_URL: z
      .string()
      .regex(/^(mysql|mariadb):\/\//, 'must be like mysql://user:password@host:3306/outdial')
      .refine(isAddress, NO_ADDRESS),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'must be like redis://:password@host:6379')
      .refine(isAddress, NO_ADDRESS),
    REDIS_PREFIX: z
      .string()
      .regex(/^[\w-]{1,40}$/, 'must be letters, digits, - and _')
      .default('outdial'),
    AUTH_SECRET: secret,
    ENCRYPTION_KEY: z
      .string()
      .refine(
        (value) => Buffer.from(value, 'base64').length === 32,
        'must be 32 bytes in base64; make one with: openssl rand -base64 32',
      ),
    UPLOADS_DIR: z.string().default('uploads'),
    SIP_WS_URL: z
      .string()
      .regex(/^wss?:\/\//, 'must begin with wss:// (or ws:// on a trusted network)')
      .optional(),
    SIP_UPSTREAM_URL: z
      .string()
      .regex(/^wss?:\/\//, 'must be like ws://127.0.0.1:8088')
      .optional(),
    SIP_DOMAIN: z.string().default('outdial.local'),
    SIP_EPHEMERAL_SECRET: secret.optional(),
    /** The switch's configuration holds it between quotes. */
    SIP_SWITCH_SECRET: secret
      .regex(/^[\w+/=-]+$/, 'must be letters, digits and + / = _ -; make one with: openssl rand -base64 32')
      .optional(),
    SIP_CONTROL_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8081'),
    SIP_REFUSED_NUMBERS: z
      .string()
      .regex(REFUSED_NUMBERS_FORM, 'must be numbers separated by commas, like 911,+1900*')
      .default(DEFAULT_REFUSED_NUMBERS),
    SIP_ICE_SERVERS: iceServers,
    OUTDIAL_DEMO: flag,
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((env) => env.SIP_WS_URL || env.SIP_EPHEMERAL_SECRET, {
    path: ['SIP_EPHEMERAL_SECRET'],
    message: 'is needed for the bundled switch; or set SIP_WS_URL to use another SIP server',
  })
  .refine((env) => env.SIP_WS_URL || env.SIP_SWITCH_SECRET, {
    path: ['SIP_SWITCH_SECRET'],
    message: 'is needed for the bundled switch; or set SIP_WS_URL to use another SIP server',
  });

export type Env = z.output<typeof envSchema>;

/**
 * Reads the settings; the only reader of `process.env` in the backend. An empty value counts as not set.
 * @throws EnvError naming every bad variable, never its value.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const addresses = { DATABASE_URL: databaseUrlOf(source), REDIS_URL: redisUrlOf(source) };
  const given = Object.fromEntries(Object.entries({ ...source, ...addresses }).filter(([, value]) => value));
  const result = envSchema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name} ${given[name] === undefined && issue.code === 'invalid_type' ? 'is missing' : issue.message}`;
  });
  throw new EnvError(`Outdial cannot start with these settings (see .env.example):\n${lines.join('\n')}`);
}
