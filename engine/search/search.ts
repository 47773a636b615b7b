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

/** Rows whose text has all words of `text`, their beginnings or what was mistyped for them, the best first. An index finds them, by words as well
 * as by beginnings; for typing errors the workspace's vocabulary is read, which is small. */
export async function search<Row>(
  queries: Queries,
  workspace: string,
  text: string,
  place: Place<Row>,
): Promise<Row[]> {
  const words = [...new Set(wordsOf(text).map((word) => word.slice(0, longestWord)))].slice(0, mostWords);
  if (words.length === 0) return [];
  const exact = await place.find(queries, workspace, words.map(quoted).join(' & '), mostFound);
  const rows =
    exact.length === mostFound
      ? exact
      : await place.find(queries, workspace, await widened(queries, workspace, words), mostFound);
  const seen = new Set(exact.map((row) => JSON.stringify(row)));
  const all = [...exact, ...rows.filter((row) => !seen.has(JSON.stringify(row)))];
  return rank(text, all, place.textOf)
    .slice(0, mostFound)
    .map(({ item }) => item);
}

/** Beyond this nobody describes what they look for. */
const mostWords = 16;

/** So many words may be meant by one. */
const mostMeant = 50;

/** A tsquery of all words, each with its beginnings and with words of the workspace that it may be mistyped for. */
async function widened(queries: Queries, workspace: string, words: readonly string[]): Promise<string> {
  const longEnough = words.filter((word) => word.length >= shortestMended);
  const known =
    longEnough.length === 0
      ? []
      : await vocabulary(queries, workspace, Math.min(...longEnough.map(({ length }) => length)) - 2);
  return words
    .map((word) => {
      const beginnings = word.length >= 2 ? `${quoted(word)}:*` : quoted(word);
      return `(${[beginnings, ...meant(word, known).map(quoted)].join(' | ')})`;
    })
    .join(' & ');
}

function meant(word: string, known: readonly string[]): string[] {
  if (word.length < shortestMended) return [];
  return known
    .map((candidate) => ({ candidate, score: closeness(word, candidate) }))
    .filter(({ candidate, score }) => score > 0 && !candidate.startsWith(word))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostMeant)
    .map(({ candidate }) => candidate);
}

async function vocabulary(queries: Queries, workspace: string, shortest: number): Promise<string[]> {
  const rows = await queries.query<{ word: string }>(
    'select word from words where workspace = $1 and length(word) >= $2 limit 200000',
    [workspace, shortest],
  );
  return rows.map(({ word }) => word);
}

/** Letters and digits only, so that nothing of it is an operator. */
function quoted(word: string): string {
  return `'${word}'`;
}
