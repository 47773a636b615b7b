import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ownSecret } from './home/own-secret.ts';

/** Where call-backs are signed with: from the environment, or a key of this home's own. */
export interface NotifyKey {
  /** `whsec_` and base64, as receivers are given it. */
  text: string;
  bytes: Uint8Array;
  origin: 'environment' | 'home';
}

/** The key of the environment where given, else the home's own (`ownSecret`). */
export async function notifyKey(
  home: string,
  secret: string | null,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<NotifyKey> {
  if (secret !== null) return read(secret, 'environment');
  const made = () => `whsec_${Buffer.from(random(32)).toString('base64')}\n`;
  return read(await ownSecret(notifyKeyFile(home), made), 'home');
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
