import type { ConfigProblem } from '../config.ts';
import { readFaceKeys } from '../consent/faces/keys.ts';

/** An Ed25519 key in PKCS #8 is 48 bytes, and begins as RFC 8410 §7 says. */
export function signingKey(value: string | null, problems: ConfigProblem[]): string | null {
  if (value === null) return null;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === 48 && bytes.toString('hex').startsWith('302e020100300506032b6570')) return value;
  problems.push({
    variable: 'PQL_CONSENT_KEY',
    problem: 'is no Ed25519 key; make one with: openssl genpkey -algorithm ed25519 -outform DER | base64 -w0',
  });
  return null;
}

/** Keys of 32 bytes, the first of which seals faces. */
export function sealingKeys(value: string | null, problems: ConfigProblem[]): string | null {
  if (value === null || readFaceKeys(value) !== null) return value;
  problems.push({
    variable: 'PQL_FACES_KEY',
    problem:
      'is no base64 of 32 bytes, nor several with commas between them; make one with: openssl rand -base64 32',
  });
  return null;
}

/** Standard Webhooks keys have 24 to 64 bytes. */
export function secret(value: string | null, variable: string, problems: ConfigProblem[]): string | null {
  if (value === null) return null;
  const bytes = Buffer.from(value.replace(/^whsec_/, ''), 'base64').length;
  if (bytes >= 24 && bytes <= 64) return value;
  problems.push({
    variable,
    problem: 'is no base64 of 24 to 64 bytes; make one with: openssl rand -base64 32',
  });
  return null;
}
