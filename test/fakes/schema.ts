import type { Store } from '../../engine/store/port.ts';

/** The schema as text, one line a column, constraint, index and sequence: equal schemas have equal text on every server. */
export async function describeSchema(store: Store): Promise<string> {
  const rows = await store.query<{ line: string }>(
    `with ours as (
       select oid, relname, relkind from pg_class
       where relnamespace = current_schema()::regnamespace and relname <> 'migrations' and relkind in ('r', 'S')
     )
     select relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
              || case when attnotnull then ' not null' else '' end
              || case attidentity when 'a' then ' identity' else '' end
              || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') as line
     from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
     left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where relkind = 'r'
     union all
     select relname || ' constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
     from ours join pg_constraint on conrelid = ours.oid where contype <> 'n'
     union all
     select relname || ' index '
              || regexp_replace(pg_get_indexdef(indexrelid), ' ON [a-z_0-9]+\\.', ' on ')
     from ours join pg_index on indrelid = ours.oid
     where not exists (select from pg_constraint where conindid = indexrelid)
     union all
     select 'sequence ' || relname from ours where relkind = 'S'`,
  );
  return `${rows
    .map((row) => row.line)
    .sort()
    .join('\n')}\n`;
}
