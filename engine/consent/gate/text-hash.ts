import { createHash } from 'node:crypto';

/** A text as moderators decide about it, SHA-256 in hex: the very words, whatever the spaces around them; several where a name lies across them. */
export function textHash(texts: readonly string[]): string {
  const said = [...new Set(texts.map((text) => text.normalize('NFC').trim()))];
  return createHash('sha256').update(said.join('\n')).digest('hex');
}
