/** Offsets in UTF-16 code units of the text as the person typed it; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface Script {
  type: 'script';
  statements: Statement[];
  span: Span;
}

export interface Statement {
  type: 'statement';
  explain: boolean;
  /** EXPLAIN ANALYZE: it runs, and is explained with what was measured. Only with `explain`. */
  analyze: boolean;
  pipeline: Pipeline;
  span: Span;
}

export interface Pipeline {
  type: 'pipeline';
  stages: AnyStage[];
  span: Span;
}

export type AnyStage = Stage | FromStage | MapStage | ReduceStage;

/** `VERB [subject words] operands clauses [TO path [? url] [OVERWRITE]] [AS name]`. */
export interface Stage {
  type: 'stage';
  verb: Word;
  /** The words that tell variants of a verb apart: GROUPS in `SHOW GROUPS`, OF in `RECIPE OF "x.mp4"`. Empty for most verbs. */
  subject: Word[];
  operands: Operand[];
  clauses: Clause[];
  to: Destination | null;
  as: Word | null;
  span: Span;
}

/** `FROM source [WHERE condition] [ORDER BY field, …] [LIMIT n] [PAGE n] [AS name]`, and `START MAPREDUCE IN source`, which says the same. */
export interface FromStage {
  type: 'from';
  /** FROM, or START. */
  verb: Word;
  /** Null where it was left out: `START MAPREDUCE` asks for it. */
  source: FromSource | null;
  where: ConditionNode | null;
  order: Sort[];
  limit: NumberValue | null;
  page: NumberValue | null;
  as: Word | null;
  span: Span;
}

export type FromSource =
  /** `GROUP g7`. */
  | { type: 'group'; id: Word; span: Span }
  /** `SHOTS OF v1`. */
  | { type: 'list'; verb: Word; operand: Operand; span: Span }
  /** `videos`, a collection; or clips one by one: `v1 + "a.mp4" + hd[2s..4s]`. A single word may be either. */
  | { type: 'operands'; operands: Operand[]; span: Span };

export interface Sort {
  field: Word;
  descending: boolean;
  span: Span;
}

/** What WHERE asks; fields and values are as typed. */
export type ConditionNode =
  | { type: 'and' | 'or'; of: ConditionNode[]; span: Span }
  | { type: 'not'; of: ConditionNode; span: Span }
  | { type: 'compare'; field: Word; op: '=' | '!=' | '<' | '<=' | '>' | '>='; value: Value; span: Span }
  | { type: 'in'; field: Word; values: Value[]; span: Span }
  | { type: 'contains'; field: Word; value: Value; span: Span }
  | { type: 'between'; field: Word; from: Value; to: Value; span: Span }
  /** `field IS KNOWN`. */
  | { type: 'known'; field: Word; span: Span }
  /** `sound`, a field that is true or false. */
  | { type: 'flag'; field: Word; span: Span };

/** `MAP ( pipeline ) [AT MOST n]`: what is done to each. */
export interface MapStage {
  type: 'map';
  verb: Word;
  body: Pipeline;
  atMost: NumberValue | null;
  as: null;
  span: Span;
}

/** `REDUCE [BY field] operation`, `REDUCE [BY field] ( pipeline )`: what is made of all, or of those that have a field in common. */
export interface ReduceStage {
  type: 'reduce';
  verb: Word;
  by: Word | null;
  body: Pipeline;
  as: null;
  span: Span;
}

/** A word as typed; compared case-insensitively when it is a keyword, kept as typed when it is a name. */
export interface Word {
  text: string;
  span: Span;
}

export interface Operand {
  type: 'operand';
  value: ReferenceValue | TextValue | UrlValue | PathValue | Pipeline;
  range: Range | null;
  span: Span;
}

/** `[2s..6s]`; an absent end is the clip's own. */
export interface Range {
  type: 'range';
  from: QuantityValue | null;
  to: QuantityValue | null;
  span: Span;
}

export interface Destination {
  type: 'destination';
  path: TextValue | PathValue;
  url: UrlValue | null;
  overwrite: boolean;
  span: Span;
}

/** `WORD value, value`; a word alone is a switch. */
export interface Clause {
  type: 'clause';
  word: Word;
  /** Written `word = value`; absent where no `=` stood. */
  equals?: true;
  values: Value[];
  span: Span;
}

export type Value =
  | TextValue
  | NumberValue
  | QuantityValue
  | SizeValue
  | RatioValue
  | PointValue
  | DateValue
  | UrlValue
  | PathValue
  | ReferenceValue
  | SettingsValue
  /** Of a clause that takes a clip: `FROM v3[2s..4s]`. */
  | Operand;

/** A quoted text; `value` has its escapes resolved. */
export interface TextValue {
  type: 'text';
  value: string;
  span: Span;
}

/** A bare number: `4`, `+0.3`. */
export interface NumberValue {
  type: 'number';
  value: number;
  text: string;
  span: Span;
}

/** A number with its unit, in base units where they are fixed: `8s`, `250ms`, `1m30s`, `00:01:30.5` (unit `s`), `2x`, `24fps`, `35mm`,
 * `f/2.8` (unit `f`), `1/48s` (unit `s`), `5600K`, `-14LUFS`, `-3dB`, `40%`, `5km`. `text` is the canonical spelling. */
export interface QuantityValue {
  type: 'quantity';
  value: number;
  /** Canonical unit: s, x, fps, mm, f, K, LUFS, dB, %, km, m, p …; an unknown unit is kept as typed for the checker to report. */
  unit: string;
  text: string;
  span: Span;
}

/** `1920x1080`; the named sizes `2K`, `4K`, `1080p` are quantities until the checker wants a size. */
export interface SizeValue {
  type: 'size';
  width: number;
  height: number;
  span: Span;
}

/** `16:9`. */
export interface RatioValue {
  type: 'ratio';
  width: number;
  height: number;
  span: Span;
}

/** `52.37,4.89`: degrees. */
export interface PointValue {
  type: 'point';
  latitude: number;
  longitude: number;
  span: Span;
}

/** `2027-01-31`. */
export interface DateValue {
  type: 'date';
  value: string;
  span: Span;
}

export interface UrlValue {
  type: 'url';
  value: string;
  span: Span;
}

/** An unquoted path: `out/harbour.mp4`. */
export interface PathValue {
  type: 'path';
  value: string;
  span: Span;
}

/** A name, an id (`v12`), `_`, or an enumerated word such as `dusk`: which of them it is, resolution decides. */
export interface ReferenceValue {
  type: 'reference';
  name: string;
  span: Span;
}

/** `(lens 35mm, move pan)`. */
export interface SettingsValue {
  type: 'settings';
  settings: Setting[];
  span: Span;
}

export interface Setting {
  word: Word;
  value: Value | null;
  span: Span;
}
