import type { Facts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Queries } from '../store/port.ts';

/** A step on the way to media. */
export interface Made {
  /** `stitch`. */
  operation: string;
  /** Canonical PQL. */
  recipe: string;
  details: JsonObject;
  /** Networks that had a part in it. */
  models: readonly JsonObject[];
}

/** A file that came from outside. */
export interface Source {
  hash: string;
  name: string;
  facts: Facts;
}

/** How media came about, as far as rows still tell it. */
export interface History {
  /** Canonical PQL of the whole; null for what came from a file. */
  recipe: string | null;
  title: string;
  facts: Facts;
  /** Whether it is itself a file from outside. */
  foreign: boolean;
  /** Steps, the first first. */
  made: readonly Made[];
  sources: readonly Source[];
  /** Grants of consent that its runs rest on: `r9`, and the SHA-256 of its signature. */
  grants: readonly { id: string; sha256: string }[];
}

/** What is told of one film at most; of more the recipe tells. */
const most = 200;

/** Follows media of a workspace back to files and prompts; null for what the workspace does not have. */
export async function historyOf(queries: Queries, workspace: string, hash: string): Promise<History | null> {
  const root = (await mediaBy(queries, workspace, [hash]))[0] ?? (await jobBy(queries, workspace, hash));
  if (root === undefined) return null;
  const foreign = root.source !== null;
  const jobs = new Map<number, JobRow>();
  const sources = new Map<string, Source>();
  // What is made of it otherwise than by jobs, as a preview is, is made from it.
  if (root.source !== null) sources.set(hash, { hash, name: root.source, facts: root.facts });
  for (let fresh = root.job === null ? [] : [root.job]; fresh.length > 0 && jobs.size < most; ) {
    for (const job of await jobsBy(queries, workspace, fresh)) jobs.set(job.id, job);
    const inputs = await inputsOf(queries, fresh);
    const read = await mediaBy(
      queries,
      workspace,
      inputs.flatMap(({ hash }) => hash ?? []),
    );
    for (const { hash, source, facts } of read)
      if (source !== null && sources.size < most) sources.set(hash, { hash, name: source, facts });
    const before = [...inputs.map(({ from }) => from), ...read.map(({ job }) => job)];
    fresh = [...new Set(before.flatMap((id) => (id === null || jobs.has(id) ? [] : [id])))];
  }
  const made = [...jobs.values()].sort((a, b) => a.id - b.id);
  const grants = await grantsOf(queries, [...new Set(made.map(({ run }) => run))]);
  const { recipe, title, facts } = root;
  return { recipe, title, facts, foreign, made, sources: [...sources.values()], grants };
}

interface MediaRow {
  hash: string;
  job: number | null;
  source: string | null;
  recipe: string | null;
  title: string;
  facts: Facts;
}

function mediaBy(queries: Queries, workspace: string, hashes: readonly string[]): Promise<MediaRow[]> {
  if (hashes.length === 0) return Promise.resolve([]);
  return queries.query<MediaRow>(
    `select hash, job_id as job, source, recipe, letter || number as title, facts
     from media join artifacts using (hash) where workspace = $1 and hash = any ($2::text[])`,
    [workspace, hashes],
  );
}

/** Of what lies between two stages and has no id. */
async function jobBy(queries: Queries, workspace: string, hash: string): Promise<MediaRow | undefined> {
  const [row] = await queries.query<MediaRow>(
    `select result as hash, id as job, null as source, recipe, 'j' || number as title, facts
     from jobs join artifacts on artifacts.hash = result
     where workspace = $1 and result = $2 and not effect order by id limit 1`,
    [workspace, hash],
  );
  return row;
}

interface JobRow extends Made {
  id: number;
  run: number;
}

function jobsBy(queries: Queries, workspace: string, ids: readonly number[]): Promise<JobRow[]> {
  return queries.query<JobRow>(
    `select id, run_id as run, operation, recipe, details, models from jobs
     where workspace = $1 and id = any ($2::bigint[]) and not effect`,
    [workspace, ids],
  );
}

/** With what a list gave, where a step reads all of it. */
function inputsOf(
  queries: Queries,
  ids: readonly number[],
): Promise<{ from: number | null; hash: string | null }[]> {
  return queries.query(
    `select from_job as from, hash from job_inputs where job_id = any ($1::bigint[])
     union
     select jobs.id, null from job_inputs join jobs on jobs.grown_from = from_job
     where job_id = any ($1::bigint[]) and every`,
    [ids],
  );
}

function grantsOf(queries: Queries, runs: readonly number[]): Promise<{ id: string; sha256: string }[]> {
  return queries.query(
    `select distinct 'r' || grants.number as id, encode(sha256(convert_to(signature, 'UTF8')), 'hex') as sha256
     from consent_uses join grants using (request_id) where run_id = any ($1::bigint[]) order by 1`,
    [runs],
  );
}
