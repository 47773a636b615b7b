import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FaceKey } from './keys.ts';

/** Bytes of the nonce and of the tag: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf. */
const [nonceBytes, tagBytes] = [12, 16];

/** Seals what a face is known by with AES-256-GCM: nonce, cipher, tag. It opens only for the same `owner`, so that a row that was copied to somebody
 * else is nothing. */
export function seal({ bytes }: FaceKey, known: Float32Array, owner: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(owner));
  const plain = Buffer.from(known.buffer, known.byteOffset, known.byteLength);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed. Throws where the key, the owner or a byte is another. */
export function unseal({ bytes }: FaceKey, sealed: Uint8Array, owner: string): Float32Array {
  const all = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(all.subarray(-tagBytes));
  const plain = Buffer.concat([decipher.update(all.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  return new Float32Array(Uint8Array.from(plain).buffer);
}
