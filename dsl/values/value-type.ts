import type { Span, Value } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';

/** A file that a clause names; it becomes an input of the step under its role. */
export interface FileUse {
  role: string;
  path: string;
  span: Span;
}

/** Where a value stands: for wording, carets and the files it names. */
export interface Place {
  /** The clause or setting in capitals or lower case, as it is declared: `UPSCALE`, `lens`. */
  label: string;
  /** Of the clause's word: carries the caret when there is no value. */
  span: Span;
  /** Files met while reading are put here. */
  files: FileUse[];
}

export type Reading<T> = { value: T } | { problems: Diagnostic[] };

/** What may stand behind a clause word: how it is read, checked, printed, worded, completed and described as JSON Schema. */
export interface ValueType<T> {
  /** `factor`. */
  noun: string;
  /** `a factor such as 2x, 3x or 4x`. */
  expected: string;
  /** Stands in for the value in HELP: `2x`, `clear|cloudy|fog`. */
  usage: string;
  /** How many values the clause takes; 0 to 0 is a switch. */
  count: readonly [number, number];
  /** Words to complete with; some depend on what is installed. */
  words(world: World | null): readonly string[];
  schema: JsonObject;
  read(values: readonly Value[], place: Place): Reading<T>;
  /** Canonical PQL. */
  print(value: T): string;
}
