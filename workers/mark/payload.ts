import { payloadLetters } from './code.ts';

/** What a film is marked with: the beginning of the key of the work that made it, 48 bits in hexadecimal. Equal work is marked alike everywhere, so
 * it stays equal byte for byte, and whoever has the database finds the work again. */
export function markOf(workKey: string): string {
  if (!/^[0-9a-f]{64}$/.test(workKey)) throw new Error(`${workKey} is no key of work`);
  return workKey.slice(0, payloadLetters);
}
