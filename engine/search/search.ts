import type { Queries } from '../store/port.ts';
import { closeness, rank } from './rank.ts';
import { longestWord, shortestMended, wordsOf } from './words.ts';

/** Where to search: what finds rows whose `words` meet a tsquery, the newest first, at most so many; and the text that they are ranked by. */
export interface Place<Row> {
  find(queries: Queries, workspace: string, words: string, most: number): Promise<Row[]>;
  textOf(row: Row): string;
}

/** Nobody turns more pages; the newest of those that have the words as they were typed come among them first. */
export const mostFound = 1000;

/** With fewer than these, what was mistyped is looked for as well: else somebody typed what is there. */
const enough = 50;

/** Rows whose text has all words of `text` or words that begin like them, and where these are few, words that they may be mistyped for; the best
 * first. An index of words finds them; only for typing errors the workspace's vocabulary is read. */
export async function search<Row>(
  queries: Queries,
  workspace: string,
  text: string,
  place: Place<Row>,
): Promise<Row[]> {
  const words = [...new Set(wordsOf(text).map((word) => word.slice(0, longestWord)))].slice(0, mostWords);
  if (words.length === 0) return [];
  const find = (each: (word: string) => readonly string[]) =>
    place.find(queries, workspace, words.map((word) => `(${each(word).join(' | ')})`).join(' & '), mostFound);
  let found = await find((word) => [quoted(word)]);
  if (found.length < mostFound) found = joined(found, await find((word) => [beginning(word)]));
  if (found.length < enough) {
    const known = await vocabulary(queries, workspace, words);
    if (known.length > 0)
      found = joined(found, await find((word) => [beginning(word), ...meant(word, known).map(quoted)]));
  }
  return rank(text, found, place.textOf)
    .slice(0, mostFound)
    .map(({ item }) => item);
}

/** Beyond this nobody describes what they look for. */
const mostWords = 16;

/** So many words may be meant by one. */
const mostMeant = 50;

/** The first and what is new among the others. */
function joined<Row>(first: readonly Row[], others: readonly Row[]): Row[] {
  const seen = new Set(first.map((row) => JSON.stringify(row)));
  return [...first, ...others.filter((row) => !seen.has(JSON.stringify(row)))];
}

/** Words that one may be mistyped for, the nearest first. */
function meant(word: string, known: readonly string[]): string[] {
  if (word.length < shortestMended) return [];
  return known
    .map((candidate) => ({ candidate, score: closeness(word, candidate) }))
    .filter(({ candidate, score }) => score > 0 && !candidate.startsWith(word))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostMeant)
    .map(({ candidate }) => candidate);
}

/** Words of the workspace that one of these may have been meant to be: two letters may be missing, any number not yet typed. */
async function vocabulary(queries: Queries, workspace: string, words: readonly string[]): Promise<string[]> {
  const lengths = words.map(({ length }) => length).filter((length) => length >= shortestMended);
  if (lengths.length === 0) return [];
  const rows = await queries.query<{ word: string }>(
    'select word from words where workspace = $1 and length(word) >= $2 limit 200000',
    [workspace, Math.min(...lengths) - 2],
  );
  return rows.map(({ word }) => word);
}

/** One letter begins too many words. */
function beginning(word: string): string {
  return word.length >= 2 ? `${quoted(word)}:*` : quoted(word);
}

/** Letters and digits only, so that nothing of it is an operator. */
function quoted(word: string): string {
  return `'${word}'`;
}
