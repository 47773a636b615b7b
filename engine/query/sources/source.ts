import type { Sql } from '../builder.ts';
import type { Column } from '../columns.ts';

/** Where the rows of a collection come from: a table of the workspace, one row each. */
export interface Source {
  table: 'media' | 'jobs' | 'runs';
  /** Which of the table's rows. */
  only: Sql | null;
  /** By field. */
  columns: Readonly<Record<string, Column>>;
  /** Orders what is equal otherwise; never null, never equal itself. */
  tie: Sql;
}
