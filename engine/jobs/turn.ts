import type { Lane } from '../../dsl/plan.ts';
import { secondsUsed } from '../limits/used.ts';
import type { Queries } from '../store/port.ts';

/** Whose jobs stand in a lane together: an asker in a workspace. */
export interface Waiting {
  workspace: string;
  asker: string;
}

/** How many are compared for one claim: each costs an index look-up of 20 µs. Where more wait, each claim begins behind who was served
 * last, so that all come to be compared. */
export const compared = 100;

/** A workspace and its weight, as `turns.weights` holds them: `acme 3, discord:42 0.5`. For PostgreSQL. */
export const weightPattern = '([^[:space:],]+)[[:space:]]+([0-9]+(?:[.][0-9]+)?)';

/** Of the table `want` below, whose values the planner must not see: it would plan a claim again for each, 1 ms, where it expects that to
 * pay (among 100,000 jobs it did). */
const lane = '(select lane from want)';

/** Whether somebody is kept from running what is ready: mostly nobody is, and four looks at the settings are spared for each asker. The
 * index `settings_of_turns` answers. */
export const someLimit = `exists (
  select from settings where name in ('running.workspace', 'running.asker', 'minutes.workspace', 'minutes.asker'))`;

/** SQL of the table `turn` behind `with recursive`: who (`workspace`, `asker`) has something ready in a lane and may run more, whose turn it is
 * first by `standing`: of the workspace that has the least running in the lane for its weight, then that has used the least of it lately; in it of the
 * asker with a job of the highest priority, then of whom the same is true. Reads one row of `want`: the `lane`, and who was served last, `workspace` and
 * `asker`. */
export const turns: string = `ready as (
       ${nextOf('((select workspace from want), (select asker from want))', 'workspace, asker, priority, 1 as place, workspace as first_workspace, asker as first_asker')}
       union all
       select next.workspace, next.asker, next.priority, place + 1, first_workspace, first_asker
       from ready cross join lateral (${nextOf('(ready.workspace, ready.asker)', 'workspace, asker, priority')}) next
       where place < ${compared} and (next.workspace, next.asker) <> (first_workspace, first_asker)
     ), weights as materialized (
       select found[1] as workspace, found[2]::float8 as weight
       from settings cross join lateral regexp_matches(value, '${weightPattern}', 'g') as found
       where settings.workspace = 'local' and name = 'turns.weights'
     ), able as (
       select ready.*, min(place) over (partition by ready.workspace) as round, here, own_here, weight,
              ${usedLately("''")} / weight as used, ${usedLately('ready.asker')} as own_used
       from ready
         cross join lateral (
           select count(*) as at_work, count(*) filter (where asker = ready.asker) as own_at_work,
                  count(*) filter (where lane = ${lane}) as here,
                  count(*) filter (where lane = ${lane} and asker = ready.asker) as own_here
           from jobs where workspace = ready.workspace and state = 'running') busy
         cross join lateral (
           select coalesce((select weight from weights where weights.workspace = ready.workspace), 1) as weight) heavy
       where not ${someLimit}
         or (at_work < ${limitOf('running.workspace', "'local'")}
           and own_at_work < ${limitOf('running.asker', 'ready.workspace')}
           and not ${isSpent('minutes.workspace', "'local'", "''")}
           and not ${isSpent('minutes.asker', 'ready.workspace', 'ready.asker')})
     ), turn as materialized (
       select able.*, row_number() over (
         order by here / weight, used, round, priority desc, own_here, own_used, place) as standing
       from able
     )`;

/** The same where only one asker waits and nobody is limited, which spares asking whose turn it is; empty otherwise. */
export const alone = `turn as materialized (
       select first.workspace, first.asker, 1 as standing
       from (select workspace, asker from jobs where lane = ${lane} and state = 'ready'
             order by workspace, asker limit 1) first,
            (select workspace, asker from jobs where lane = ${lane} and state = 'ready'
             order by workspace desc, asker desc limit 1) last
       where first.workspace = last.workspace and first.asker = last.asker
         and not ${someLimit}
     )`;

/** SQL of the table `share` behind that of `turn`: how many `jobs` of whom (`workspace`, `asker`) are among the next `want.most`, if each was claimed after
 * the other. One at least: where those who stand before have nothing that the worker can do, it is the turn of whoever stands behind. */
export const shares: string = `share as materialized (
       select workspace, asker, min(nth) as standing, greatest(count(*) filter (where nth <= most), 1) as jobs
       from (
         select workspace, asker, most,
                row_number() over (order by (here + own - 1) / weight, used, own, standing) as nth
         from (
           select turn.*, most, row_number() over (
             partition by turn.workspace order by priority desc, own_here + more, own_used, more, standing) as own
           from turn cross join want cross join generate_series(0, most - 1) as more) of_workspace) of_all
       group by workspace, asker
     )`;

/** The same where one asker waits alone. */
export const whole = `share as materialized (
       select workspace, asker, standing, (select most from want) as jobs from turn
     )`;

/** The same for one job. */
export const one = 'share as materialized (select workspace, asker, standing, 1 as jobs from turn)';

/** Who has something ready in a lane and may run more, whose turn it is first. `after` is who was served last. */
export function inTurn(queries: Queries, lane: Lane, after: Waiting | null): Promise<Waiting[]> {
  return queries.query<Waiting>(
    `with recursive want as materialized (select $1::text as lane, $2::text as workspace, $3::text as asker),
       ${turns}
     select workspace, asker from turn order by standing`,
    [lane, after?.workspace ?? '', after?.asker ?? ''],
  );
}

/** The next one behind somebody who has something ready in the lane, and behind the last one the first again: their first job, which has their
 * highest priority, in the order of the index `jobs_in_turn`. */
function nextOf(somebody: string, columns: string): string {
  return `(
    (select ${columns} from jobs
     where lane = ${lane} and state = 'ready' and (workspace, asker) > ${somebody}
     order by workspace, asker, priority desc, id limit 1)
    union all
    (select ${columns} from jobs where lane = ${lane} and state = 'ready'
     order by workspace, asker, priority desc, id limit 1)
    limit 1)`;
}

/** Holds when somebody used as many minutes of workers as a setting allows a day. */
function isSpent(name: string, workspace: string, asker: string): string {
  return `exists (
    select from settings where settings.workspace = ${workspace} and name = '${name}'
      and case when value ~ '^[1-9][0-9]{0,6}$' then value::integer * 60 end
        <= ${secondsUsed('ready.workspace', asker)})`;
}

/** A setting that is a number, or no limit. */
function limitOf(name: string, workspace: string): string {
  return `coalesce((
    select nullif(value::integer, 0) from settings
    where settings.workspace = ${workspace} and name = '${name}' and value ~ '^[0-9]{1,4}$'), 1000000)`;
}

/** Seconds that halve every five minutes. Looked up for each: joined, whoever used something lately would be read beside whoever waits. */
function usedLately(asker: string): string {
  return `coalesce((
    select used * power(0.5::float8, extract(epoch from now() - at)::float8 / 300) from shares
    where shares.lane = ${lane} and shares.workspace = ready.workspace and shares.asker = ${asker}), 0)`;
}
