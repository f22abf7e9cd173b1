import { hash, verify } from '@node-rs/argon2';

/** The first parameters OWASP recommends for argon2id (the library's default variant): 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordHasher = {
  hash: (password: string): Promise<string> => hash(password, PARAMETERS),
  verify: ({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> =>
    verify(stored, password),
};
