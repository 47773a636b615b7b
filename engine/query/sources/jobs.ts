import { sql } from 'kysely';
import type { Literal } from '../../../dsl/query/query.ts';
import type { Sql } from '../builder.ts';
import { type Column, flag, real, text, whole, word } from '../columns.ts';
import { lettered, numbered, numbersOf } from '../id-columns.ts';
import { age, between, moment } from '../time-columns.ts';
import type { Source } from './source.ts';

/** FROM JOBS. */
export function jobsSource(workspace: string): Source {
  return {
    table: 'jobs',
    // Segments are part of the job that was divided.
    only: sql`jobs.segment_of is null`,
    columns: {
      id: numbered('j', sql`jobs.number`, { always: true }),
      group: groupOf(workspace),
      state: word(stateOf, { always: true }),
      running: flag(isAtWork, { always: true }),
      lane: word(sql`jobs.lane`, { always: true }),
      verb: word(sql`jobs.operation`, { always: true }),
      statement: text(sql`jobs.title`, { always: true, shown: sql`left(jobs.title, 1000)` }),
      name: text(sql`jobs.name`),
      result: lettered(ofResult(sql`media.letter`), ofResult(sql`media.number`)),
      recalled: flag(sql`jobs.recalled`, { always: true }),
      effect: flag(sql`jobs.effect`, { always: true }),
      attempts: whole(sql`jobs.attempts`, { always: true }),
      took: real(between(sql`jobs.started_at`, sql`jobs.finished_at`)),
      created: moment(sql`jobs.created_at`, { always: true }),
      started: moment(sql`jobs.started_at`),
      finished: moment(sql`jobs.finished_at`),
      age: age(sql`jobs.created_at`),
      engine: word(sql`(jobs.arguments ->> 'generator')`),
      seed: real(sql`(jobs.arguments ->> 'seed')::double precision`),
      model: word(sql`(jobs.models -> 0 ->> 'name')`),
      failure: text(sql`(jobs.failure ->> 'message')`),
      code: text(sql`(jobs.failure ->> 'code')`),
      path: text(sql`jobs.path`),
      url: text(sql`jobs.url`),
    },
    tie: sql`jobs.number`,
  };
}

/** A job that was divided has begun and waits for its segments. As the index `jobs_at_work_first` has it. */
const isAtWork = sql`(jobs.state = 'running' or (jobs.state = 'blocked' and jobs.started_at is not null))`;
const stateOf = sql`(case when ${isAtWork} then 'running' else jobs.state end)`;

function ofResult(what: Sql): Sql {
  return sql`(select ${what} from media
    where media.workspace = jobs.workspace and media.hash = jobs.result and not jobs.effect)`;
}

/** By the run's row, which has an index. */
function groupOf(workspace: string): Column {
  const usual = numbered('g', sql`(select runs.number from runs where runs.id = jobs.run_id)`, {
    always: true,
  });
  const among = (literals: readonly Literal[], negated: boolean): Sql => {
    const runs = sql`select runs.id from runs
      where runs.workspace = ${workspace} and runs.number = any(${numbersOf(literals, 'g')}::integer[])`;
    return negated ? sql`jobs.run_id not in (${runs})` : sql`jobs.run_id in (${runs})`;
  };
  return {
    ...usual,
    test: (op, literal) =>
      op === '=' || op === '!=' ? among([literal], op === '!=') : usual.test(op, literal),
    among,
  };
}
