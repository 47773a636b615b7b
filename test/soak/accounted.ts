import type { Queries } from '../../engine/store/port.ts';

/* What must be true of the rows once nothing happens any more, each as a question whose answers are what is wrong. */

interface Invariant {
  /** What holds. */
  what: string;
  /** Asks for a line of each row for which it does not. */
  sql: string;
}

const job = `format('%s/g%s j%s %s %s %s', jobs.workspace, runs.number, jobs.number, jobs.operation, jobs.state, jobs.failure)`;
const jobs = 'jobs join runs on runs.id = jobs.run_id';
const run = `format('%s/g%s %s', runs.workspace, runs.number, runs.state)`;

const invariants: readonly Invariant[] = [
  {
    what: 'every run has ended',
    sql: `select ${run} || ': ' || coalesce(string_agg(format('j%s %s %s by %s', jobs.number, jobs.operation, jobs.state, jobs.worker), ', '), 'no jobs') as line
          from runs left join jobs on jobs.run_id = runs.id and jobs.state in ('blocked', 'ready', 'running')
          where runs.state = 'running' group by runs.id`,
  },
  {
    what: 'every job has an outcome',
    sql: `select ${job} as line from ${jobs} where jobs.state not in ('done', 'failed', 'cancelled')`,
  },
  {
    what: 'no lease stands',
    sql: `select ${job} as line from ${jobs} where jobs.lease_until is not null or jobs.slot is not null and jobs.state = 'running'`,
  },
  {
    what: 'what is done has a result or was an effect',
    sql: `select ${job} as line from ${jobs} where jobs.state = 'done' and not jobs.effect and jobs.result is null`,
  },
  {
    what: 'what failed says why, and never that the mistake is ours',
    sql: `select ${job} as line from ${jobs}
          where jobs.state = 'failed' and (jobs.failure is null or jobs.failure ->> 'code' = 'PQL600')`,
  },
  {
    what: 'a run ended as its jobs did',
    sql: `select ${run} as line from runs
          where state <> 'running' and state <> (case
            when exists (select from jobs where run_id = runs.id and state = 'failed') then 'failed'
            when exists (select from jobs where run_id = runs.id and state = 'cancelled') then 'cancelled'
            else 'done' end)`,
  },
  {
    what: 'nobody who is gone is listed as a worker',
    sql: 'select id as line from workers',
  },
  {
    what: 'what was freed is gone or going',
    sql: 'select hash as line from freed where going_at is null',
  },
  {
    what: 'all that is seen or recalled has a row of its bytes',
    sql: `select hash as line from (select hash from media union select hash from works) as used
          where not exists (select from artifacts where artifacts.hash = used.hash)`,
  },
];

/** At most so many rows of each are told. */
const told = 12;

/** What is wrong with the rows, in words; empty when all is well. `accepted` are groups whose asker was told so and that nobody removed, as
 * `films g3`. */
export async function unaccounted(queries: Queries, accepted: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { what, sql } of invariants) {
    const rows = await queries.query<{ line: string }>(sql);
    if (rows.length > 0)
      problems.push(
        `${what}, but ${rows.length}: ${rows
          .slice(0, told)
          .map(({ line }) => line)
          .join('; ')}`,
      );
  }
  const there = await queries.query<{ line: string }>(`select workspace || ' g' || number as line from runs`);
  const known = new Set(there.map(({ line }) => line));
  const lost = accepted.filter((group) => !known.has(group));
  if (lost.length > 0)
    problems.push(`what was accepted is there, but ${lost.length}: ${lost.slice(0, told).join('; ')}`);
  return problems;
}
