import type { Catalogue } from '../../../dsl/catalogue.ts';
import { parse } from '../../../dsl/parse.ts';
import { inPieces } from '../../../dsl/plan-texts.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import type { Parameter, Queries } from '../../store/port.ts';
import { faceHash } from '../faces/judge-faces.ts';
import { rulingKey, rulingsOn } from '../gate/cleared.ts';
import { timeOf } from '../gate/grounds.ts';
import { foldersOf, namesOfMedia, recipeTexts } from '../gate/media-texts.ts';
import type { NameFinder } from '../gate/name-index.ts';
import { textsOf } from '../gate/script.ts';
import { textHash } from '../gate/text-hash.ts';
import { whyNotCovered } from '../grants/covers.ts';
import { grantsOf } from '../grants/standing.ts';
import { nameKey } from '../registry/name-key.ts';
import type { Person } from '../registry/person.ts';
import type { Signer } from '../signing/signer.ts';
import type { Wanted } from './scan.ts';

/** What names a person in a workspace: runs that have not ended, media with their hashes, and cards. */
export interface Affected {
  workspace: string;
  person: number;
  runs: Set<number>;
  media: Map<number, string>;
  /** Cards whose runs were removed. */
  cards: Set<number>;
}

/** What a walk looks with. */
export interface Look {
  store: Queries;
  finder: NameFinder;
  people: readonly Person[];
  wanted: Wanted;
  catalogue: Catalogue;
  note(workspace: string, person: number): Affected;
  signal?: AbortSignal | undefined;
}

const portion = 500;

/** Walks the runs that have not ended, by their statements. */
export async function affectedRuns(look: Look): Promise<void> {
  const vocabulary = vocabularyOf(look.catalogue);
  await walk(
    look,
    `select id, workspace, source as text, null::text[] as said from runs where state = 'running' and id > $1 order by id limit $2`,
    ({ text }) => {
      const { script } = parse(text ?? '', vocabulary);
      const { texts, casts } = textsOf(script, text ?? '', look.catalogue);
      return { texts: texts.map((each) => each.text), casts: casts.map(({ name }) => name) };
    },
    ({ id, workspace }, person) => void look.note(workspace, person).runs.add(id),
  );
}

/** Walks all media, those that are held for others too, or what these runs came to, by what made them, what they are called and the files and folders that
 * they came from. */
export async function affectedMedia(look: Look, runs: readonly number[] | null = null): Promise<void> {
  const said = ({ text, said, place }: Row & { place: string | null }) => {
    const recipe = text === null ? [] : recipeTexts(text);
    const around = [...foldersOf(place), ...(said ?? []).filter((each) => each !== null)];
    return { texts: [...around, ...recipe], casts: recipe };
  };
  const note = ({ id, workspace, hash }: Row, person: number) =>
    void look.note(workspace, person).media.set(id, hash);
  await walk(
    look,
    `select id, workspace, hash, recipe as text, place, array[source, prompt] || ${namesOfMedia} as said from media
     where id > $1 ${runs === null ? '' : 'and hash in (select result from jobs where run_id = any ($3::bigint[]) and not effect)'}
     order by id limit $2`,
    said,
    note,
    runs === null ? [] : [runs],
  );
  if (runs !== null) return;
  await walk(
    look,
    `select id, workspace, hash, media_row ->> 'recipe' as text, media_row ->> 'place' as place,
            array[media_row ->> 'source', media_row ->> 'prompt']
              || array(select each ->> 'name' from jsonb_array_elements(names) as each) as said
     from held_media where id > $1 order by id limit $2`,
    said,
    note,
  );
}

/** Walks the cards whose runs were removed, by the recipes of what they show. */
export async function affectedCards(look: Look): Promise<void> {
  await walk(
    look,
    `select id, workspace, pql as text, recipes as said from cards
     where run_id is null and state in ('finishing', 'finished') and id > $1 order by id limit $2`,
    ({ text, said }) => {
      const texts = [text, ...(said ?? [])].flatMap((each) => (each === null ? [] : recipeTexts(each)));
      return { texts, casts: texts };
    },
    ({ id, workspace }, person) => void look.note(workspace, person).cards.add(id),
  );
}

/** Walks the files in which these people were seen by their face. */
export async function affectedFaces({ store, people, wanted, note }: Look): Promise<void> {
  const rows = await store.query<{ id: number; workspace: string; hash: string; person: number }>(
    `select media.id, workspace, hash, person_id as person
     from face_findings join media using (hash) where sure and person_id = any ($1::bigint[]) order by media.id`,
    [people.map(({ id }) => id)],
  );
  for (const { id, workspace, hash, person } of rows) {
    if (wanted.why(person, workspace) === null) continue;
    const rulings = await rulingsOn(store, workspace, [faceHash(hash)]);
    if (rulings.get(rulingKey(person, faceHash(hash)))?.state !== 'approved')
      note(workspace, person).media.set(id, hash);
  }
}

/** Walks what was written to files and links that name these people: a film may say whom it is meant to show nowhere else. */
export async function affectedPlaces(look: Look): Promise<void> {
  const nowhere = { start: 0, end: 0 };
  await walk<Row & { media: number }>(
    look,
    `select jobs.id, jobs.workspace, media.id as media, media.hash, media.recipe as text,
            array[arguments ->> 'path', arguments ->> 'url'] as said
     from jobs join media on media.workspace = jobs.workspace and media.hash = jobs.result
     where effect and jobs.state = 'done' and jobs.id > $1 order by jobs.id limit $2`,
    ({ text, said }) => {
      const pieces = (said ?? []).flatMap((each) => (each === null ? [] : inPieces(each, nowhere)));
      // Together, since a name may begin in that of a file and end in a prompt.
      const texts = [...pieces.map((piece) => piece.text), ...(text === null ? [] : recipeTexts(text))];
      return { texts, casts: [] };
    },
    ({ media, workspace, hash }, person) => void look.note(workspace, person).media.set(media, hash),
  );
}

/** Walks the files from outside whose frames bear the mark of work that names these people. */
export async function affectedMarks(look: Look): Promise<void> {
  await walk(
    look,
    `select media.id, workspace, hash, null as text, array(select each ->> 'recipe' from jsonb_array_elements(made) as each) as said
     from file_marks join media using (hash) where made <> '[]' and media.id > $1 order by media.id limit $2`,
    ({ said }) => {
      const texts = (said ?? []).flatMap((each) => (each === null ? [] : recipeTexts(each)));
      return { texts, casts: texts };
    },
    ({ id, workspace, hash }, person) => void look.note(workspace, person).media.set(id, hash),
  );
}

interface Row {
  id: number;
  workspace: string;
  hash: string;
  text: string | null;
  said: (string | null)[] | null;
}

async function walk<R extends Row>(
  { store, finder, people, wanted, signal }: Look,
  statement: string,
  read: (row: R) => { texts: string[]; casts: string[] },
  note: (row: R, person: number) => void,
  more: readonly Parameter[] = [],
): Promise<void> {
  const keys = new Map(people.flatMap(({ id, names }) => names.map((name) => [nameKey(name), id] as const)));
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const rows = await store.query<R>(statement, [after, portion, ...more]);
    for (const row of rows) {
      const { texts, casts } = read(row);
      const once = [...new Set(texts)];
      // What is too much to be read to its end the gate lets through nowhere.
      const across = await finder.across(once.map((text, origin) => ({ text, origin })));
      const found = across.found.filter(
        ({ verdict, person }) => verdict === 'block' && wanted.why(Number(person), row.workspace) !== null,
      );
      const hashes = found.map(({ places }) => textHash(places.map(({ origin }) => once[origin]!)));
      const rulings = await rulingsOn(store, row.workspace, hashes);
      const cast = casts.flatMap((name) => keys.get(nameKey(name)) ?? []);
      const meant = found.flatMap(({ person }, at) =>
        rulings.get(rulingKey(Number(person), hashes[at]!))?.state === 'approved' ? [] : [Number(person)],
      );
      for (const person of new Set([...cast, ...meant]))
        if (wanted.why(person, row.workspace) !== null) note(row, person);
    }
    if (rows.length < portion) return;
    after = rows.at(-1)!.id;
  }
}

/** Media, their signed copies and previews, and whatever was made from any of them, step by step: their rows, their hashes, and the runs that have not ended and read one. */
export async function lineage(
  queries: Queries,
  workspace: string,
  media: ReadonlyMap<number, string>,
): Promise<{ media: number[]; hashes: string[]; runs: number[] }> {
  const hashes = new Set(media.values());
  for (let fresh = [...hashes]; fresh.length > 0; ) {
    const rows = await queries.query<{ hash: string }>(
      `select distinct jobs.result as hash
       from job_inputs
         join jobs on jobs.id = job_inputs.job_id
         left join jobs source on source.id = job_inputs.from_job
       where jobs.workspace = $1 and jobs.result is not null and not jobs.effect
         and coalesce(job_inputs.hash, source.result) = any ($2::text[])
       union select hash from signed_copies where of = any ($2::text[])
       union select hash from previews where of = any ($2::text[])`,
      [workspace, fresh],
    );
    fresh = rows.map(({ hash }) => hash).filter((hash) => !hashes.has(hash));
    for (const hash of fresh) hashes.add(hash);
  }
  const all = [...hashes];
  const rows = await queries.query<{ id: number }>(
    'select id from media where workspace = $1 and hash = any ($2::text[])',
    [workspace, all],
  );
  const runs = await queries.query<{ id: number }>(
    `select distinct runs.id
     from runs join jobs on jobs.run_id = runs.id join job_inputs on job_inputs.job_id = jobs.id
       left join jobs source on source.id = job_inputs.from_job
     where runs.workspace = $1 and runs.state = 'running' and jobs.state in ('blocked', 'ready', 'running')
       and coalesce(job_inputs.hash, source.result) = any ($2::text[])`,
    [workspace, all],
  );
  return { media: rows.map(({ id }) => id), hashes: all, runs: runs.map(({ id }) => id) };
}

/** Whether another grant still allows what a revoked one allowed. */
export async function grantedStill(
  queries: Queries,
  { signer, now }: { signer: Signer; now?: (() => Date) | undefined },
  { workspace, person }: Pick<Affected, 'workspace' | 'person'>,
): Promise<boolean> {
  const grants = await grantsOf(queries, signer, workspace, [person]);
  if (grants.length === 0) return false;
  const at = await timeOf({ queries, now });
  return grants.some((grant) => whyNotCovered(grant, { use: 'likeness', now: at, texts: [] }) === null);
}
