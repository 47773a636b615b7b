import type { Span } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Predicted } from './facts.ts';
import type { JsonObject } from './json.ts';
import type { Kind } from './kind.ts';
import type { Lane } from './plan.ts';
import type { ValueType } from './values/value-type.ts';
import type { World } from './world.ts';

/** A clause of a verb; `default` is null where leaving it out means something of its own. */
export interface ClauseSpec<T, D> {
  type: ValueType<T>;
  /** One line, without a full stop. */
  help: string;
  default: D;
  /** Clauses that cannot stand beside it. */
  clashes: readonly string[];
  /** The verb does nothing without it. */
  needed: boolean;
}

/** By word in capitals. */
export type Clauses = Readonly<Record<string, ClauseSpec<unknown, unknown>>>;

/** What was said, by clause word: typed by the declaration. */
export type Given<C extends Clauses> = {
  readonly [K in keyof C]: C[K] extends ClauseSpec<infer T, infer D> ? T | D : never;
};

/** Declares a clause. */
export function clause<T>(
  type: ValueType<T>,
  help: string,
  more?: { clashes?: readonly string[]; needed?: boolean },
): ClauseSpec<T, null>;
export function clause<T>(type: ValueType<T>, help: string, more: { default: NoInfer<T> }): ClauseSpec<T, T>;
export function clause<T>(
  type: ValueType<T>,
  help: string,
  more: { default?: T; clashes?: readonly string[]; needed?: boolean } = {},
): ClauseSpec<T, T | null> {
  const { clashes = [], needed = false } = more;
  return { type, help, default: more.default ?? null, clashes, needed };
}

/** What stands between verb and clauses. */
export interface Takes {
  /** `media`: clips, files, results of earlier stages; `prompt`: one text in quotes; `target`: an id or a name that the engine looks up;
   * `source`: a file or an id; `verb`: a verb's name. */
  what: 'media' | 'prompt' | 'target' | 'source' | 'verb';
  min: number;
  max: number;
  kinds: readonly Kind[];
  /** In HELP and diagnostics: `a clip`. */
  noun: string;
  /** In HELP and as a hint: `v12`. */
  usage: string;
}

export interface Example {
  text: string;
  /** What it does, for people. */
  says: string;
}

/** An operand as far as the planner can see it. */
export interface SourceView {
  /** Of the whole operand. */
  span: Span;
  range: { from: number; to: number | null; span: Span } | null;
  /** After the range is cut, unless the operation cuts it itself; null when nothing is known. */
  facts: Predicted | null;
}

/** What an operation sees of its stage beside its clauses. */
export interface StageView {
  prompt: string | null;
  /** Where the description stands; the verb where there is none. */
  promptAt: Span;
  /** The clips that it works on: operands, what a pipe brings, and what a clause that takes clips names. */
  sources: readonly SourceView[];
  world: World;
  /** Whether a clause stands there. */
  said(word: string): boolean;
  /** The caret for a clause: its values, or the verb when the clause is absent. */
  at(word: string): Span;
}

interface Declaration {
  /** In capitals. */
  verb: string;
  /** Heading in the reference: make, edit, enhance, understand, query, manage, consent. */
  family: 'make' | 'edit' | 'enhance' | 'understand' | 'query' | 'manage' | 'consent';
  /** One line, without a full stop. */
  help: string;
  /** More for HELP and the reference: sentences. */
  details: readonly string[];
  examples: readonly Example[];
}

/** How a verb that makes something is declared; the compiler infers what its clauses give. */
export interface JobSpec<C extends Clauses, A extends JsonObject> extends Declaration {
  /** Raised when results change, so that old ones are not recalled. */
  version: number;
  /** The version that work with these arguments had first, where a later one changed only other work: what was made before is recalled. */
  versionOf?(args: A): number;
  takes: Takes;
  /** The operation cuts a range on its operand itself; elsewhere a range becomes a TRIM of its own. */
  cuts?: boolean;
  gives: Kind;
  clauses: C;
  /** The clauses that arguments come from, where the two have different names: `{ to: 'UNTIL' }`. EXPLAIN says what changed in these words. */
  called?: Readonly<Partial<Record<keyof A & string, keyof C & string>>>;
  /** Everything about the clauses together that one value alone cannot show. */
  check?(given: Given<C>, stage: StageView): Diagnostic[];
  /** Called only when nothing is wrong. */
  arguments(given: Given<C>, stage: StageView): A;
  /** Clauses for the recipe that the asker did not write but that decide the result: `SEED 7`. */
  spelled?(args: A): Readonly<Record<string, string>>;
  lane(args: A): Lane;
  /** Names of the networks that it runs. */
  models?(args: A): readonly string[];
  /** What the recipe's comment says beside the version: `seed 7`, `engine storyboard`. */
  credits?(args: A): readonly string[];
  predict(args: A, inputs: readonly (Predicted | null)[]): Predicted;
}

/** A declared job with its types forgotten, as the compiler handles all of them alike. */
export type JobOperation = { runs: 'job' } & JobSpec<Clauses, JsonObject>;

/** One shape of a command: `SHOW GROUPS`, `REMOVE GROUP g7`. */
export interface Variant {
  /** Words after the verb in capitals; none for the plain shape. */
  subject: readonly string[];
  /** `Command.subject`: several spellings may mean the same. */
  name: string;
  help: string;
  takes: Takes | null;
  /** Also as a clause: `FIND PIPELINE GROUP BY group_id = g7`. */
  clause?: string;
  /** What may be said behind it: `OLDER THAN 30d`. An argument of the command each, by word in lower case. */
  clauses?: Clauses;
  /** Letters that an id may begin with: g for groups, j for jobs; null when names are welcome too. */
  letters: readonly string[] | null;
  /** A list that may be long: `PAGE 2` shows more of it. */
  pages?: true;
}

/** A verb that is answered at once. */
export interface CommandOperation extends Declaration {
  runs: 'command';
  destructive: boolean;
  variants: readonly Variant[];
  /** `SET name value`: what stands where clauses stand is the name of a setting. */
  settings: boolean;
}

/** A verb's declaration: everything that anything else knows about the verb comes from here. */
export type Operation = JobOperation | CommandOperation;

/** Declares a verb that makes something. */
export function job<C extends Clauses, A extends JsonObject>(spec: JobSpec<C, A>): JobOperation {
  // The compiler only ever hands an operation what it read with the operation's own clause types.
  return { runs: 'job', ...spec } as unknown as JobOperation;
}

/** Declares a verb that is answered at once. */
export function command(
  spec: Omit<CommandOperation, 'runs' | 'destructive' | 'settings'> & {
    destructive?: boolean;
    settings?: boolean;
  },
): CommandOperation {
  return { runs: 'command', destructive: false, settings: false, ...spec };
}

/** One clip, however it came about. */
export const oneClip: Takes = {
  what: 'media',
  min: 1,
  max: 1,
  kinds: ['video'],
  noun: 'a clip',
  usage: 'clip',
};

/** One file of any kind that is no text. */
export const oneFile: Takes = {
  what: 'media',
  min: 1,
  max: 1,
  kinds: ['video', 'image', 'audio'],
  noun: 'a clip, a picture or a sound',
  usage: 'clip',
};
