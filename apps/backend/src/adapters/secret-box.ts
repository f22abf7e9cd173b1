import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What the password of a SIP account is sealed to. */
export const sipPasswordContext = (agentId: number): string => `agent:${agentId}:sip-password`;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts short secrets for the database: AES-256-GCM (NIST SP 800-38D), `v1.` + base64(nonce ‖ tag ‖ text).
 * The context (whose secret it is) is authenticated, so a value copied to another row does not open.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** @param key 32 bytes, base64 */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
  }

  seal(secret: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')}`;
  }

  /** @throws when the value was changed, belongs to another context, or was sealed with another key */
  open(sealed: string, context: string): string {
    const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  }
}
