import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where call-backs are signed with: from the environment, or a key of this home's own. */
export interface NotifyKey {
  /** `whsec_` and base64, as receivers are given it. */
  text: string;
  bytes: Uint8Array;
  origin: 'environment' | 'home';
}

/** The key of the environment where given, else the home's own, made on first use for its owner's eyes only (mode 600). Several processes
 * that make one at the same time end up with the same. */
export async function notifyKey(
  home: string,
  secret: string | null,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<NotifyKey> {
  if (secret !== null) return read(secret, 'environment');
  const file = notifyKeyFile(home);
  const there = await readFile(file, 'utf8').catch(() => null);
  if (there !== null) return read(there, 'home');
  await mkdir(home, { recursive: true });
  const draft = `${file}-${crypto.randomUUID()}`;
  try {
    const text = `whsec_${Buffer.from(random(32)).toString('base64')}\n`;
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    // The mode at creation is only ever narrowed by the umask; this widens nothing either.
    await chmod(draft, 0o600);
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return read(await readFile(file, 'utf8'), 'home');
}

/** Where a home keeps its key. */
export function notifyKeyFile(home: string): string {
  return join(home, 'notify.key');
}

function read(text: string, origin: NotifyKey['origin']): NotifyKey {
  const base64 = text.trim().replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 24) {
    throw new Error(
      origin === 'home'
        ? 'notify.key in the home is damaged: remove it to get a new one, and give that to the receivers'
        : 'PQL_NOTIFY_SECRET is shorter than 24 bytes; make one with: openssl rand -base64 32',
    );
  }
  return { text: `whsec_${base64}`, bytes, origin };
}
