import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { ownSecret } from '../../home/own-secret.ts';

/** Where a home keeps the key that grants are signed with. */
export function consentKeyFile(home: string): string {
  return join(home, 'consent.key');
}

/** The private key as PKCS #8 in PEM: that of the setting where given (base64 of the DER form), else the home's own
 * (`ownSecret`). */
export async function consentKey(home: string, setting: string | null): Promise<string> {
  if (setting !== null) return `-----BEGIN PRIVATE KEY-----\n${setting}\n-----END PRIVATE KEY-----\n`;
  return ownSecret(
    consentKeyFile(home),
    () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  );
}
