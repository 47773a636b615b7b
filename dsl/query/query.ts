/** What FROM asks, once its words are understood: checked against the collection's fields, units normalised. Plain JSON, so that it can stand
 * in a plan. */
export interface Query {
  /** Name of the collection in lower case: `videos`. */
  collection: string;
  /** `g7` where only the results of one group are meant: `FROM GROUP g7`. */
  group: string | null;
  where: Condition | null;
  /** What comes first; the collection's own order where empty. */
  order: readonly Order[];
  /** At most so many; null for all. */
  limit: number | null;
}

export interface Order {
  field: string;
  descending: boolean;
}

/** A field's value in base units, as in rows: seconds, frames a second, bytes, ISO 8601 in UTC for times, `g7` for ids. */
export type Literal = string | number | boolean;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What is not known (null) meets no condition but `known` under `not`: `NOT (fps > 30fps)` leaves out what has no frame rate, as in SQL. */
export type Condition =
  | { type: 'and' | 'or'; of: readonly Condition[] }
  | { type: 'not'; of: Condition }
  | { type: 'compare'; field: string; op: Comparison; value: Literal }
  | { type: 'in'; field: string; values: readonly Literal[] }
  /** Without regard to case; `%` and `_` are ordinary characters. */
  | { type: 'contains'; field: string; text: string }
  /** Both ends belong to it. */
  | { type: 'between'; field: string; from: Literal; to: Literal }
  | { type: 'known'; field: string };
