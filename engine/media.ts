import { type Kind, kindLetters } from '../dsl/kind.ts';
import { rememberWords, wordsToFindBy } from './search/words.ts';
import type { Queries } from './store/port.ts';

/** Media about to become visible in a workspace. */
export interface NewMedia {
  workspace: string;
  hash: string;
  kind: Kind;
  /** Row id of the job that made it; null for a file taken in. */
  job: number | null;
  recipe: string | null;
  prompt: string | null;
  /** Name of the file it was taken in from. */
  source: string | null;
  /** The folders that it lay in, as they were said: `films/harbour`; left out where there were none. */
  place?: string | null;
  /** The user who took it in; of what a job made it is the job's. */
  asker?: string;
  /** How it was made; null for a file. */
  work: { verb: string; engine: string | null; seed: number | null; model: string | null } | null;
}

/** Takes the workspace's lock (making the workspace on first use) until the transaction ends: whoever gives out numbers comes first
 * here, so that nobody numbers at the same time. */
export async function lockWorkspace(queries: Queries, workspace: string): Promise<void> {
  await queries.query(
    'insert into workspaces (name) values ($1) on conflict (name) do update set name = excluded.name',
    [workspace],
  );
}

/** The next `count` numbers of a letter: returns the first. Under the workspace's lock. */
export async function takeNumbers(
  queries: Queries,
  workspace: string,
  letter: string,
  count: number,
): Promise<number> {
  const [row] = await queries.query<{ last: number }>(
    `insert into counters (workspace, letter, last) values ($1, $2, $3)
     on conflict (workspace, letter) do update set last = counters.last + excluded.last
     returning last`,
    [workspace, letter, count],
  );
  return (row as { last: number }).last - count + 1;
}

/** Makes bytes visible as `v12` and the like; equal bytes keep the id they have. Their `artifacts` row must be there. Under the
 * workspace's lock. Returns the row id and the id that people see. */
export async function publishMedia(
  queries: Queries,
  media: NewMedia,
): Promise<{ media: number; id: string }> {
  const letter = kindLetters[media.kind];
  const [known] = await queries.query<{ id: number; letter: string; number: number }>(
    'select id, letter, number from media where workspace = $1 and hash = $2',
    [media.workspace, media.hash],
  );
  if (known !== undefined) return { media: known.id, id: `${known.letter}${known.number}` };
  const number = await takeNumbers(queries, media.workspace, letter, 1);
  const words = wordsToFindBy(media.prompt, media.source, media.recipe);
  const id = await insertMedia(queries, media, letter, number, words);
  // What was made here says no word that its statement did not say.
  if (media.job === null) await rememberWords(queries, media.workspace, words);
  return { media: id, id: `${letter}${number}` };
}

/** With its facts in columns, which queries ask (migrations/0003-query.sql). */
async function insertMedia(
  queries: Queries,
  media: NewMedia,
  letter: string,
  number: number,
  words: readonly string[],
): Promise<number> {
  const { verb = null, engine = null, seed = null, model = null } = media.work ?? {};
  const [row] = await queries.query<{ id: number }>(
    `insert into media (workspace, letter, number, hash, job_id, recipe, prompt, source, place, verb, engine, seed, model, words,
                        asker, bytes, duration, width, height, frames, fps, codec, container, sound, hertz, channels)
     select $1, $2, $3, hash, $5, $6, $7, $8, $15, $9, $10, $11, $12, array_to_tsvector($13::text[]),
            coalesce((select asker from jobs where id = $5), $14),
            bytes, (facts ->> 'duration')::double precision, (facts ->> 'width')::integer, (facts ->> 'height')::integer,
            (facts ->> 'frames')::integer,
            round((facts -> 'rate' ->> 'num')::numeric / (facts -> 'rate' ->> 'den')::numeric, 3),
            coalesce(facts ->> 'codec', facts -> 'audio' ->> 'codec'), facts ->> 'container',
            coalesce(jsonb_typeof(facts -> 'audio') = 'object', false), (facts -> 'audio' ->> 'rate')::integer,
            (facts -> 'audio' ->> 'channels')::integer
     from artifacts where hash = $4
     returning id`,
    [
      media.workspace,
      letter,
      number,
      media.hash,
      media.job,
      media.recipe,
      media.prompt,
      media.source,
      verb,
      engine,
      seed,
      model,
      words,
      media.asker ?? '',
      media.place ?? null,
    ],
  );
  if (row === undefined) throw new Error(`nobody recorded the artifact ${media.hash}`);
  return row.id;
}

/** Gives media a name; the name's former bearer loses it. Each keeps the latest of its names at hand. */
export async function nameMedia(
  queries: Queries,
  workspace: string,
  name: string,
  media: number,
): Promise<void> {
  const key = name.toLowerCase();
  const [before] = await queries.query<{ bearer: number }>(
    'select media_id as bearer from names where workspace = $1 and key = $2',
    [workspace, key],
  );
  await queries.query(
    `insert into names (workspace, key, name, media_id) values ($1, $2, $3, $4)
     on conflict (workspace, key) do update
     set name = excluded.name, media_id = excluded.media_id, given_at = now()`,
    [workspace, key, name, media],
  );
  await queries.query(
    `update media set name = case when id = $1 then $2 else
       (select names.name from names where media_id = media.id order by given_at desc, key limit 1) end
     where id = $1 or id = $3`,
    [media, name, before?.bearer ?? null],
  );
}

/** Notes that the artifact store holds these bytes. Facts are of the content, so the first to say them stays. */
export async function recordArtifact(
  queries: Queries,
  artifact: { hash: string; kind: Kind; facts: object; bytes: number },
): Promise<void> {
  await queries.query(
    `insert into artifacts (hash, kind, facts, bytes) values ($1, $2, $3, $4)
     on conflict (hash) do nothing`,
    [artifact.hash, artifact.kind, JSON.stringify(artifact.facts), artifact.bytes],
  );
}
