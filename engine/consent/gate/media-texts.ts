import type { Catalogue } from '../../../dsl/catalogue.ts';
import { parse } from '../../../dsl/parse.ts';
import { inPieces, planTexts } from '../../../dsl/plan-texts.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import type { Queries } from '../../store/port.ts';

/** What is said of media: texts that may name somebody, with those of the recipe, and the recipe. */
export interface MediaTexts {
  texts: string[];
  recipe: string | null;
}

/** What is said of media that a plan reads, by hash: what made them, all names that they are called by (the latest is not the only one that still leads to them), and the file and folders that
 * they came from. */
export async function mediaTexts(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<Map<string, MediaTexts>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{
    hash: string;
    said: (string | null)[];
    place: string | null;
    recipe: string | null;
  }>(
    `select hash, array[source, prompt] || ${namesOfMedia} as said, place, recipe
     from media where workspace = $1 and hash = any ($2::text[])`,
    [workspace, [...new Set(hashes)]],
  );
  return new Map(
    rows.map(({ hash, said, place, recipe }) => {
      const texts = [...foldersOf(place), ...said.filter((text) => text !== null)];
      return [hash, { texts: [...texts, ...(recipe === null ? [] : recipeTexts(recipe))], recipe }];
    }),
  );
}

/** The folders that media lay in, each a text. */
export function foldersOf(place: string | null): string[] {
  return place === null ? [] : inPieces(place, { start: 0, end: 0 }).map(({ text }) => text);
}

/** SQL: every name of a row of `media`, as an array. */
export const namesOfMedia = 'array(select names.name from names where media_id = media.id order by key)';

/** The texts of a recipe: what stands in quotes, each by itself, and the rest. A recipe may come from any file, so nothing of its form is believed. */
export function recipeTexts(recipe: string): string[] {
  const quoted: string[] = [];
  const rest = recipe.replace(/"((?:[^"\\]|\\.)*)"/g, (all) => {
    quoted.push(unquoted(all));
    return ' ; ';
  });
  return [...quoted, ...(/\p{L}/u.test(rest) ? [rest] : [])];
}

/** Who was cast in what a recipe makes: such a film is of somebody, and may be used as long as they give leave here, by whichever grant. */
export function recipeCasts(recipe: string | null, catalogue: Catalogue): string[] {
  if (recipe === null || !/\bcast\b/i.test(recipe)) return [];
  const { castings } = planTexts(parse(recipe, vocabularyOf(catalogue)).script, catalogue);
  return castings.map(({ name }) => name);
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
