import type { Queries } from '../store/port.ts';
import type { Place } from './search.ts';
import { mostText } from './words.ts';

/** Statements that were run. */
export const pipelines: Place<{ id: string; state: string; source: string; created: Date }> = {
  find: (queries, workspace, words, most) =>
    queries.query(
      `select 'g' || number as id, state, left(source, $4) as source, created_at as created
       from runs where workspace = $1 and words @@ $2::tsquery order by number desc limit $3`,
      [workspace, words, most, mostText],
    ),
  textOf: ({ source }) => source,
};

/** What was described to GENERATE, each once. */
export const prompts: Place<{ prompt: string; id: string; clips: number; created: Date }> = {
  find: (queries, workspace, words, most) =>
    queries.query(
      `with found as (
         select id, letter || number as called, prompt, created_at from media
         where workspace = $1 and words @@ $2::tsquery and prompt is not null order by created_at desc, id desc limit $3
       )
       select prompt, (array_agg(called order by id desc))[1] as id, count(*)::integer as clips, max(created_at) as created
       from found group by prompt order by max(id) desc`,
      [workspace, words, most],
    ),
  textOf: ({ prompt }) => prompt,
};

/** Clips, by what they were made of. */
export const videos: Place<VideoRow> = {
  find: (queries: Queries, workspace, words, most) =>
    queries.query<VideoRow>(
      `select 'v' || number as id, name, duration, bytes, created_at as created, prompt, source, left(recipe, $4) as recipe
       from media where workspace = $1 and letter = 'v' and words @@ $2::tsquery order by number desc limit $3`,
      [workspace, words, most, mostText],
    ),
  textOf: ({ prompt, source, recipe }) => [prompt, source, recipe].filter((text) => text !== null).join('\n'),
};

interface VideoRow {
  id: string;
  name: string | null;
  duration: number;
  bytes: number;
  created: Date;
  prompt: string | null;
  source: string | null;
  recipe: string | null;
}
