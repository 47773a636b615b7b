import { inPieces } from '../../../dsl/plan-texts.ts';
import type { Queries } from '../../store/port.ts';
import { foldersOf, namesOfMedia, recipeTexts } from '../gate/media-texts.ts';

/** A text that stands beside media, and where: completes "named in". */
export interface Said {
  place: string;
  text: string;
}

/** What is said of media of a workspace, without what is written inside of their bytes. */
export interface MediaSaid {
  /** `v12`. */
  name: string;
  at: Date;
  hash: string;
  said: Said[];
  /** A clip or a picture that somebody brought along. */
  outside: boolean;
}

/** Where the recipe says it; the other texts are parts of it. */
export const inRecipe = 'its recipe';

/** The newest media of a workspace by row id, the newest first. */
export async function newestMedia(queries: Queries, workspace: string, most: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    'select id from media where workspace = $1 order by created_at desc, id desc limit $2',
    [workspace, most],
  );
  return rows.map(({ id }) => id);
}

/** What is said of these media, in their order; nothing of those that went meanwhile. Each text is there once, under the first place that says it. */
export async function saidOf(
  queries: Queries,
  workspace: string,
  ids: readonly number[],
): Promise<MediaSaid[]> {
  const rows = await queries.query<Row>(
    `with written as (
       select hash, array_agg(path order by path) as paths from exports
       where workspace = $1 and hash in (select hash from media where id = any ($2::bigint[])) group by hash
     )
     select letter || number as name, created_at as at, media.hash, prompt, source, place, recipe,
            ${namesOfMedia} as names, coalesce(paths, '{}') as paths,
            source is not null and letter in ('v', 'i') as outside
     from media left join written on written.hash = media.hash
     where workspace = $1 and id = any ($2::bigint[]) order by created_at desc, id desc`,
    [workspace, ids],
  );
  return rows.map(({ name, at, hash, outside, ...row }) => ({ name, at, hash, outside, said: textsOf(row) }));
}

interface Texts {
  prompt: string | null;
  source: string | null;
  place: string | null;
  names: string[];
  paths: string[];
  recipe: string | null;
}

interface Row extends Texts {
  name: string;
  at: Date;
  hash: string;
  outside: boolean;
}

const nowhere = { start: 0, end: 0 };

function textsOf({ prompt, source, place, names, paths, recipe }: Texts): Said[] {
  const pieces = paths.flatMap((path) => inPieces(path, nowhere).map(({ text }) => text));
  const all: [string, readonly (string | null)[]][] = [
    ['its prompt', [prompt]],
    ['the folder that it lay in', foldersOf(place)],
    ['its file name', [source]],
    ['its name', names],
    ['the file that it was written to', pieces],
    [inRecipe, recipe === null ? [] : recipeTexts(recipe)],
  ];
  const once = new Map<string, Said>();
  for (const [place, texts] of all)
    for (const text of texts) if (text !== null && !once.has(text)) once.set(text, { place, text });
  return [...once.values()];
}
