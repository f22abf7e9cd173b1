import { type Logger, pino } from 'pino';

export type { Logger };

const PHONE_NUMBER = /\+\d{4,}(\d{2})\b/g;

/** Keeps the last two digits of a telephone number: enough to recognise, too little to call. */
export function maskNumbers(text: string): string {
  return text.replace(PHONE_NUMBER, '+…$1');
}

/** JSON lines on stdout. Credentials are dropped, phone numbers masked. */
export function createLogger(level: string, service: 'api' | 'worker' | 'task'): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
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
