import type { Catalogue } from '../../../dsl/catalogue.ts';
import { parse } from '../../../dsl/parse.ts';
import { inPieces, planTexts } from '../../../dsl/plan-texts.ts';
import { isShortened } from '../../../dsl/recipe.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import type { Queries } from '../../store/port.ts';
import { madeFrom } from './made-from.ts';

/** What is said of media: texts that may name somebody, with those of the recipes, and the recipes: its own, and those of what that leaves out. */
export interface MediaTexts {
  texts: string[];
  recipes: string[];
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
  const all = new Map<string, MediaTexts>();
  for (const { hash, said, place, recipe } of rows) {
    const texts = [...foldersOf(place), ...said.filter((text) => text !== null)];
    const made = await wholeRecipe(queries, workspace, { hash, recipe });
    all.set(hash, { texts: [...texts, ...made.texts], recipes: made.recipes });
  }
  return all;
}

/** The texts of the recipe of bytes; where it leaves out how they began, with what stands in quotes in the recipes of all steps before. */
export async function wholeRecipe(
  queries: Queries,
  workspace: string,
  { hash, recipe }: { hash: string; recipe: string | null },
): Promise<MediaTexts> {
  if (recipe === null) return { texts: [], recipes: [] };
  const texts = recipeTexts(recipe);
  if (!isShortened(recipe)) return { texts, recipes: [recipe] };
  const steps = await queries.query<{ recipe: string }>(
    `with recursive ${madeFrom}
     select distinct coalesce(jobs.recipe, media.recipe) as recipe
     from made left join jobs on jobs.id = job left join media on media.workspace = $1 and media.hash = made.hash
     where coalesce(jobs.recipe, media.recipe) is not null`,
    [workspace, hash],
  );
  const earlier = new Set(steps.flatMap((step) => quotedIn(step.recipe).quoted));
  return { texts: [...texts, ...earlier], recipes: [recipe, ...steps.map((step) => step.recipe)] };
}

/** The folders that media lay in, each a text. */
export function foldersOf(place: string | null): string[] {
  return place === null ? [] : inPieces(place, { start: 0, end: 0 }).map(({ text }) => text);
}

/** SQL: every name of a row of `media`, as an array. */
export const namesOfMedia = 'array(select names.name from names where media_id = media.id order by key)';

/** The texts of a recipe: what stands in quotes, each by itself, and the rest. A recipe may come from any file, so nothing of its form is believed. */
export function recipeTexts(recipe: string): string[] {
  const { quoted, rest } = quotedIn(recipe);
  return [...quoted, ...(/\p{L}/u.test(rest) ? [rest] : [])];
}

function quotedIn(recipe: string): { quoted: string[]; rest: string } {
  const quoted: string[] = [];
  const rest = recipe.replace(/"((?:[^"\\]|\\.)*)"/g, (all) => {
    quoted.push(unquoted(all));
    return ' ; ';
  });
  return { quoted, rest };
}

/** Who was cast in what recipes make: such a film is of somebody, and may be used as long as they give leave here, by whichever grant. */
export function recipeCasts(recipes: readonly string[], catalogue: Catalogue): string[] {
  const names = new Set<string>();
  for (const recipe of recipes.filter((each) => /\bcast\b/i.test(each)))
    for (const { name } of planTexts(parse(recipe, vocabularyOf(catalogue)).script, catalogue).castings)
      names.add(name);
  return [...names];
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
