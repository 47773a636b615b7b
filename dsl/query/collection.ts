import type { Kind } from '../kind.ts';

/** What a field holds: decides how a literal is read (units are types), which comparisons make sense, and how a column is shown.
 * `seconds`, `rate` (frames a second), `bytes` and `number` are numbers; `time` is ISO 8601 in UTC; `id` is `v12`, `g7`; `text`, `word`
 * (one of a few) and `state` are texts; `flag` is true or false. */
export type FieldType =
  | 'seconds'
  | 'rate'
  | 'bytes'
  | 'number'
  | 'time'
  | 'id'
  | 'text'
  | 'word'
  | 'state'
  | 'flag';

export interface Field {
  /** Lower case: `duration`. */
  name: string;
  type: FieldType;
  /** One line, without a full stop. */
  help: string;
  /** Of a `word` or a `state`: what it can be. */
  words?: readonly string[];
  /** Other names for it: `label` for `name`. */
  aliases?: readonly string[];
}

/** Something that FROM can ask. */
export interface Collection {
  /** Lower case, as in `Query.collection`: `videos`. */
  name: string;
  help: string;
  /** What its rows are, when MAP and REDUCE can work on them; null for jobs, settings and the like. */
  gives: Kind | 'media' | null;
  fields: readonly Field[];
  /** Names of the fields that an answer shows, in order. */
  shown: readonly string[];
  /** Which comes first where nothing is said. */
  order: { field: string; descending: boolean };
}
