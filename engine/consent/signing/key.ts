import { generateKeyPairSync } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a home keeps the key that grants are signed with. */
export function consentKeyFile(home: string): string {
  return join(home, 'consent.key');
}

/** The private key as PKCS #8 in PEM: that of the setting where given (base64 of the DER form), else the home's own, made on first use for its
 * owner's eyes only (mode 600). Several processes that make one at the same time end up with the same. */
export async function consentKey(home: string, setting: string | null): Promise<string> {
  if (setting !== null) return `-----BEGIN PRIVATE KEY-----\n${setting}\n-----END PRIVATE KEY-----\n`;
  const file = consentKeyFile(home);
  const there = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (there !== null) return there;
  await mkdir(home, { recursive: true });
  const draft = `${file}-${crypto.randomUUID()}`;
  try {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(draft, pem, { mode: 0o600, flag: 'wx', flush: true });
    await chmod(draft, 0o600);
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
