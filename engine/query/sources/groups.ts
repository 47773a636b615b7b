import { sql } from 'kysely';
import type { Sql } from '../builder.ts';
import { real, text, whole, word } from '../columns.ts';
import { numbered } from '../id-columns.ts';
import { age, between, moment } from '../time-columns.ts';
import type { Source } from './source.ts';

/** FROM GROUPS. */
export const groupsSource: Source = {
  table: 'runs',
  only: null,
  columns: {
    id: numbered('g', sql`runs.number`, { always: true }),
    state: word(sql`runs.state`, { always: true }),
    statement: text(sql`runs.source`, { always: true, shown: sql`left(runs.source, 1000)` }),
    jobs: whole(jobsOf(sql`true`), { always: true }),
    done: whole(jobsOf(sql`jobs.state = 'done'`), { always: true }),
    failed: whole(jobsOf(sql`jobs.state = 'failed'`), { always: true }),
    recalled: whole(jobsOf(sql`jobs.recalled`), { always: true }),
    took: real(between(sql`runs.created_at`, sql`runs.finished_at`), { always: true }),
    created: moment(sql`runs.created_at`, { always: true }),
    finished: moment(sql`runs.finished_at`),
    age: age(sql`runs.created_at`),
    user: text(sql`(runs.asker ->> 'user')`),
  },
  tie: sql`runs.number`,
};

function jobsOf(which: Sql): Sql {
  return sql`(select count(*) from jobs where jobs.run_id = runs.id and jobs.segment_of is null and ${which})`;
}
