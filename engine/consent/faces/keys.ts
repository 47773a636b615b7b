import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ownSecret } from '../../home/own-secret.ts';

/** A key that seals templates: 32 bytes, and what it is called in the rows. */
export interface FaceKey {
  id: string;
  bytes: Buffer;
}

/** The keys of an installation: the first seals, all of them open. */
export type FaceKeys = () => Promise<readonly [FaceKey, ...FaceKey[]]>;

/** Where a home keeps its keys. */
export function faceKeyFile(home: string): string {
  return join(home, 'faces.key');
}

/** Reads keys, base64 of 32 bytes each, apart by commas or lines. Null where they are none. */
export function readFaceKeys(text: string): readonly [FaceKey, ...FaceKey[]] | null {
  const keys = text
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => ({ text: each, bytes: Buffer.from(each, 'base64') }));
  // What is no base64 is passed over by Node, so what was read must say the same again.
  if (keys.some(({ text, bytes }) => bytes.length !== 32 || bytes.toString('base64') !== text)) return null;
  const [first, ...more] = keys.map(({ bytes }) => ({ id: idOf(bytes), bytes }));
  return first === undefined ? null : [first, ...more];
}

/** The keys of the setting where given, else the home's own (`ownSecret`). */
export function faceKeys(home: string, setting: string | null): FaceKeys {
  return async () => {
    const text =
      setting ?? (await ownSecret(faceKeyFile(home), () => `${randomBytes(32).toString('base64')}\n`));
    const keys = readFaceKeys(text);
    if (keys === null)
      throw new Error(
        'faces.key in the home is damaged: put it back from a copy, or remove it and let people be remembered anew',
      );
    return keys;
  };
}

/** Tells keys apart and nothing about them. */
function idOf(bytes: Uint8Array): string {
  return createHash('sha256').update('watchai face key').update(bytes).digest('hex').slice(0, 16);
}
