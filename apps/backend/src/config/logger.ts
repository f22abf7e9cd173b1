import { type Logger, pino } from 'pino';

export type { Logger };

const PHONE_NUMBER = /\+\d{4,}(\d{2})\b/g;

/** Keeps the last two digits of a telephone number: enough to recognise, too little to call. */
export function maskNumbers(text: string): string {
  return text.replace(PHONE_NUMBER, '+…$1');
}

/** Where the database's driver tells a statement and its values: those of customers. */
const STATEMENT = /\n?\bsql: [\s\S]*?(?=\n\s+at |$)/g;

const withoutValues = (text: string): string => maskNumbers(text.replace(STATEMENT, ''));

/** What of an error may be read: libraries hang statements, values and requests on theirs. */
export function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const { code } = error as { code?: unknown };
  const named = typeof code === 'string' || typeof code === 'number' ? { code } : {};
  return { type, message: withoutValues(message), stack: withoutValues(stack), ...named };
}

/** JSON lines on stdout. Credentials are dropped, phone numbers masked. */
export function createLogger(level: string, service: 'api' | 'worker' | 'task'): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: safeError },
    redact: {
      paths: [
        'req.headers.cookie',
        'req.headers.authorization',
        'res.headers["set-cookie"]',
        '*.password',
        '*.token',
        '*.sipPassword',
        'password',
        'token',
      ],
      remove: true,
    },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg: unknown) => (typeof arg === 'string' ? maskNumbers(arg) : arg)) as typeof args,
        );
      },
    },
  });
}
