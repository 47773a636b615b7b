import type { Facts } from '../../dsl/facts.ts';
import type { Json } from '../../dsl/json.ts';
import type { Answer } from '../answer.ts';
import type { FailureNote } from '../jobs/fail.ts';
import { priorityOf } from '../jobs/priority.ts';
import { readJobs, readRun } from '../jobs/view.ts';
import { whyWaiting } from '../jobs/why-waiting.ts';
import type { Queries } from '../store/port.ts';
import { unserved } from '../workers/unserved.ts';
import { column } from './list.ts';
import { waitingWords } from './waiting-words.ts';

/** A group: its statement above, its jobs with results and failures below. */
export async function describeGroup(queries: Queries, run: number, group: string): Promise<Answer> {
  const [about] = await queries.query<{ source: string; rank: number }>(
    'select source, priority as rank from runs where id = $1',
    [run],
  );
  const priority = priorityOf(about?.rank ?? 0);
  const view = await readRun(queries, run);
  const jobs = await readJobs(queries, run, 0);
  const waiting = view?.state === 'running' ? await whyWaiting(queries, run) : null;
  const waits = await unserved(queries, { run });
  const failed = jobs.find(({ failure, view: { state } }) => failure !== null && state === 'failed');
  return {
    type: 'table',
    title: `${group} ${view?.state ?? ''}${priority === 'normal' ? '' : `, ${priority} priority`}: ${about?.source ?? ''}`,
    columns: [
      column('job', 'id'),
      column('state', 'state'),
      column('lane'),
      column('result', 'id'),
      column('statement', 'pql'),
      column('what came of it'),
    ],
    rows: jobs.map(
      ({ view: { id, state, lane, result, title, recalled }, effect, path, url, notes, words, failure }) => [
        id,
        state,
        lane,
        effect ? null : result,
        title,
        [
          ...(recalled ? ['recalled'] : []),
          ...(path === null ? [] : [path]),
          ...(url === null ? [] : [url]),
          ...(failure === null ? [] : [failure.message]),
          ...words.slice(0, 1),
          ...(state === 'ready' ? (waits.get(id) ?? []) : []),
          ...notes,
        ].join('; ') || null,
      ],
    ),
    total: jobs.length,
    // Who is ahead does not matter where nobody comes.
    hint:
      failed?.failure?.hint ?? (waiting === null || waits.has(waiting.job) ? null : waitingWords(waiting)),
  };
}

/** A job, property by property. */
export async function describeJob(queries: Queries, job: number): Promise<Answer> {
  const [row] = await queries.query<{
    id: string;
    group: string;
    state: string;
    lane: string;
    attempts: number;
    crashes: number;
    log: string[];
    title: string;
    recalled: boolean;
    result: string | null;
    path: string | null;
    url: string | null;
    notes: string[];
    failure: FailureNote | null;
    arguments: Json;
    details: { words?: string[]; [key: string]: Json | undefined };
    seconds: number | null;
  }>(
    `select 'j' || jobs.number as id, 'g' || runs.number as "group", jobs.state, lane, attempts, crashes, log, title, recalled,
            case when not effect then media.letter || media.number end as result, path, url, notes, failure, arguments,
            details, extract(epoch from coalesce(jobs.finished_at, now()) - started_at)::double precision as seconds
     from jobs
       join runs on runs.id = run_id
       left join media on media.workspace = jobs.workspace and media.hash = jobs.result
     where jobs.id = $1`,
    [job],
  );
  if (row === undefined) throw new Error(`job ${job} went away`);
  const { words = [], ...details } = row.details;
  const waits = await unserved(queries, { job });
  return properties(`${row.id} ${row.state}: ${row.title}`, row.failure?.hint ?? null, [
    ['group', row.group],
    ['lane', row.lane],
    ['attempts', String(row.attempts)],
    ['workers lost', row.crashes === 0 ? null : String(row.crashes)],
    ['waits', row.state === 'ready' ? (waits.get(row.id)?.join('; ') ?? null) : null],
    ['took', row.seconds === null ? null : `${row.seconds.toFixed(1)} s`],
    ['recalled', row.recalled ? 'yes' : null],
    ['result', row.result],
    ['path', row.path],
    ['sent to', row.url],
    ['failed', row.failure === null ? null : `${row.failure.code} ${row.failure.message}`],
    ...row.notes.map((note) => ['note', note] as const),
    ...row.log.map((line) => ['log', line] as const),
    ['arguments', JSON.stringify(row.arguments)],
    ...words.map((line) => ['holds', String(line)] as const),
    ['details', JSON.stringify(details)],
  ]);
}

/** A clip, picture, sound or text, property by property. */
export async function describeMedia(queries: Queries, media: number): Promise<Answer> {
  const [row] = await queries.query<{
    id: string;
    hash: string;
    facts: Facts;
    bytes: number;
    recipe: string | null;
    source: string | null;
    names: string | null;
    made: string | null;
    used: string | null;
    paths: string | null;
    created: Date;
  }>(
    `select letter || media.number as id, hash, facts, media.bytes, media.recipe, source, media.created_at as created,
            (select string_agg(names.name, ', ' order by given_at desc) from names where media_id = media.id) as names,
            (select 'j' || jobs.number || ' of g' || runs.number from jobs join runs on runs.id = run_id
             where jobs.id = media.job_id) as made,
            (select string_agg('g' || number, ', ' order by number) from runs where id in (
               select run_id from jobs join job_inputs on job_id = jobs.id
               where jobs.workspace = media.workspace and job_inputs.hash = media.hash)) as used,
            (select string_agg(path, ', ') from exports
             where exports.workspace = media.workspace and exports.hash = media.hash) as paths
     from media join artifacts using (hash) where media.id = $1`,
    [media],
  );
  if (row === undefined) throw new Error(`media ${media} went away`);
  return properties(row.names === null ? row.id : `${row.id}, ${row.names}`, null, [
    ...factsOf(row.facts),
    ['bytes', String(row.bytes)],
    ['made by', row.made],
    ['taken from', row.source],
    ['also read by', row.used],
    ['written to', row.paths],
    ['made', row.created.toISOString()],
    ['sha-256', row.hash],
    ['recipe', row.recipe],
  ]);
}

function factsOf(facts: Facts): (readonly [string, string])[] {
  const common = [['kind', `${facts.kind}, ${facts.container}`]] as const;
  switch (facts.kind) {
    case 'video':
      return [
        ...common,
        ['length', `${Number(facts.duration.toFixed(3))} s, ${facts.frames} frames`],
        ['size', `${facts.width}x${facts.height}`],
        ['rate', `${Math.round((facts.rate.num / facts.rate.den) * 1000) / 1000} fps`],
        ['picture', `${facts.codec}, ${facts.pixelFormat}`],
        [
          'sound',
          facts.audio === null
            ? 'none'
            : `${facts.audio.codec}, ${facts.audio.rate} Hz, ${facts.audio.channels} channels`,
        ],
      ];
    case 'image':
      return [...common, ['size', `${facts.width}x${facts.height}`]];
    case 'audio':
      return [
        ...common,
        ['length', `${Number(facts.duration.toFixed(3))} s`],
        ['sound', `${facts.audio.codec}, ${facts.audio.rate} Hz, ${facts.audio.channels} channels`],
      ];
    case 'text':
      return [...common];
  }
}

/** What is not known is left out. */
function properties(
  title: string,
  hint: string | null,
  all: readonly (readonly [string, string | null])[],
): Answer {
  const rows = all
    .filter(([, value]) => value !== null && value !== '' && value !== '{}')
    .map((row) => [...row]);
  return { type: 'table', title, columns: [column('what'), column('value')], rows, total: rows.length, hint };
}
