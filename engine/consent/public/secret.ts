import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that somebody is recognised by, of which only the hash is kept. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
