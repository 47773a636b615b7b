import type { Answer } from '../answer.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column } from './list.ts';
import { megabytes } from './take-away.ts';

interface KeptRow {
  operation: string | null;
  works: number;
  bytes: number;
  seen: number;
  free: number;
  oldest: Date;
  newest: Date;
  used: Date;
}

/** SHOW CACHE: finished work by verb, how much of it people still see, and what only the cache holds. Bytes are counted once however many
 * jobs made them; the last row is the sum. */
export async function showCache({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  const rows = await parts.store.query<KeptRow>(
    `with kept as (
       select operation, hash, count(*) as works, min(made_at) as oldest, max(made_at) as newest, max(used_at) as used
       from works where workspace = $1 group by operation, hash
     ), known as (
       select kept.*, artifacts.bytes, media.id is not null as seen,
              -- The first of those that made the same bytes counts them in the sum.
              row_number() over (partition by kept.hash order by operation) = 1 as first
       from kept join artifacts using (hash) left join media on media.workspace = $1 and media.hash = kept.hash
     )
     select operation, sum(works)::bigint as works,
            (case when grouping(operation) = 0 then sum(bytes) else sum(bytes) filter (where first) end)::bigint as bytes,
            coalesce(sum(works) filter (where seen), 0)::bigint as seen,
            coalesce(case when grouping(operation) = 0 then sum(bytes) filter (where not seen)
                          else sum(bytes) filter (where first and not seen) end, 0)::bigint as free,
            min(oldest) as oldest, max(newest) as newest, max(used) as used
     from known group by rollup (operation)
     order by grouping(operation), sum(bytes) desc`,
    [asker.workspace],
  );
  const all = rows.at(-1);
  const empty = all === undefined || rows.length < 2;
  return {
    type: 'table',
    title: 'Cache',
    columns: [
      column('verb'),
      column('kept', 'number'),
      column('bytes', 'bytes'),
      column('still seen', 'number'),
      column('only cached', 'number'),
      column('can be freed', 'bytes'),
      column('oldest', 'time'),
      column('newest', 'time'),
      column('last used', 'time'),
    ],
    rows: empty
      ? []
      : rows.map(({ operation, works, bytes, seen, free, oldest, newest, used }, at) => [
          at === rows.length - 1 ? 'all' : (operation?.toUpperCase() ?? 'unknown'),
          works,
          bytes,
          seen,
          works - seen,
          free,
          oldest.toISOString(),
          newest.toISOString(),
          used.toISOString(),
        ]),
    total: empty ? 0 : rows.length - 1,
    hint: empty ? 'nothing was made yet' : [...freeing(all), ...strange(rows)].join('; ') || null,
  };
}

function freeing({ free }: KeptRow): string[] {
  return free > 0 ? [`PURGE CACHE frees up to ${megabytes(free)}`] : [];
}

/** What no verb is called. */
function strange(rows: readonly KeptRow[]): string[] {
  return rows.flatMap(({ operation }) =>
    operation === 'pass'
      ? ['PASS is several stages done in one pass over the frames']
      : operation === 'select'
        ? ['SELECT is what FROM SHOTS OF chose']
        : [],
  );
}
