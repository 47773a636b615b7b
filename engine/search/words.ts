import type { Queries } from '../store/port.ts';

/** The words of a text in their order, without accents and case; what is no letter or digit separates. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  return plain.match(/[\p{Letter}\p{Number}]+/gu) ?? [];
}

/** What a row is found by (`runs.words`, `media.words`): each word once, of the beginning of each text. */
export function wordsToFindBy(...texts: (string | null)[]): string[] {
  const all = texts.flatMap((text) => (text === null ? [] : wordsOf(text.slice(0, mostText))));
  return [...new Set(all.map((word) => word.slice(0, longestWord)))];
}

/** Of each text so many characters are found: what somebody remembers of a script stands at its beginning. */
export const mostText = 4000;

/** Beyond this it is no word. */
export const longestWord = 64;

/** Notes words of a workspace, to mend typing errors by: those that somebody may mistype and remember. Under the workspace's lock. */
export async function rememberWords(
  queries: Queries,
  workspace: string,
  words: readonly string[],
): Promise<void> {
  const mendable = words.filter((word) => word.length >= shortestMended && !/\p{Number}/u.test(word));
  if (mendable.length === 0) return;
  await queries.query(
    'insert into words (workspace, word) select $1, unnest($2::text[]) on conflict do nothing',
    [workspace, mendable],
  );
}

/** Shorter words are all alike. */
export const shortestMended = 4;
