import { nameKey } from '../../../engine/consent/registry/name-key.ts';
import { longestName } from '../../../engine/consent/registry/person.ts';

/** A name as it was written, in any script, without what cannot be seen; or what is wrong with it. */
export function nameIn(fields: URLSearchParams): { name: string } | { problem: string } {
  // Joiners are letters in some scripts (Persian, Hindi); other invisible characters would make one name look like another.
  const name = (fields.get('name') ?? '')
    .normalize('NFC')
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .trim();
  if (nameKey(name) === '') return { problem: 'Write the name' };
  if (name.length > longestName) return { problem: `Write a name of at most ${longestName} letters` };
  return { name };
}

/** Text of several lines, trimmed; null where there is none. */
export function wordsIn(fields: URLSearchParams, field: string, most: number): string | null {
  const text = (fields.get(field) ?? '')
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return text === '' ? null : text.slice(0, most);
}

/** Longest message, in characters. */
export const longestMessage = 2000;
