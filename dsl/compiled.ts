import type { Script } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';

/** A statement that is answered at once and is no job: SHOW, FIND, SET, HELP … */
export interface Command {
  /** The verb in lower case. */
  operation: string;
  /** Which variant, lower case, words joined by a space: `groups`, `pipelines`, `of`; empty when the verb has one shape. */
  subject: string;
  arguments: JsonObject;
  /** Says what it would touch and wants a yes first. */
  destructive: boolean;
  /** Canonical PQL. */
  text: string;
}

/** One thing to do before or after the script's work, in the order it was written. */
export type Item =
  | { type: 'command'; command: Command }
  /** `analyze` stands after the work that it tells of, which is part of the plan. */
  | { type: 'explain'; plan: Plan | null; command: Command | null; text: string }
  | { type: 'analyze'; plan: Plan; text: string };

/** What a script means. With diagnostics nothing of it may run. All its work is one plan (one group); what is written before the first
 * work statement comes before it, the rest once the work is done. */
export interface Compiled {
  source: string;
  script: Script;
  diagnostics: Diagnostic[];
  before: Item[];
  plan: Plan | null;
  after: Item[];
}
