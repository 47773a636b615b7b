import type { Clause, Pipeline, Span, Stage } from './ast.ts';
import type { Command } from './compiled.ts';
import type { Predicted } from './facts.ts';
import type { JsonObject } from './json.ts';
import type { JobOperation, SourceView } from './operation.ts';
import type { StepModel } from './plan.ts';
import type { FileUse } from './values/value-type.ts';
import type { Known } from './world.ts';

/** Where an operand comes from once its name is understood. */
export type Origin =
  | { type: 'stage'; stage: WorkStage }
  /** `label` is a file name or an id for recipes. */
  | { type: 'known'; known: Known; label: string }
  /** Not understood; a diagnostic says so already. */
  | { type: 'unknown' };

export interface Source extends SourceView {
  origin: Origin;
  /** Facts of the whole, before a range is cut. */
  whole: Predicted | null;
}

/** A stage that makes something: names linked, clauses read, arguments finished. */
export interface WorkStage {
  type: 'work';
  stage: Stage;
  operation: JobOperation;
  /** Which statement, from 0. */
  statement: number;
  explain: boolean;
  /** Operands as they were typed, the piped one not counted. */
  sources: Source[];
  prompt: string | null;
  /** Clauses by word in capitals, the first of each. */
  written: ReadonlyMap<string, Clause>;
  /** Clauses that the verb does not know. */
  strange: readonly Clause[];
  /** Second ones of those that it knows. */
  repeated: readonly Clause[];
  /** Extra inputs that clauses name: a LUT. */
  extras: readonly (FileUse & { known: Known })[];
  notify: string | null;
  /** Null when something is wrong with the stage. */
  args: JsonObject | null;
  models: readonly StepModel[];
  predicted: Predicted | null;
}

/** A statement that is answered at once. */
export interface CommandStage {
  type: 'command';
  stage: Stage;
  statement: number;
  command: Command | null;
}

export interface ResolvedStatement {
  explain: boolean;
  span: Span;
  pipeline: Pipeline;
  /** Null when the verb is unknown. */
  last: WorkStage | CommandStage | null;
  /** The stages that make something, nested ones before those that need them. */
  work: WorkStage[];
  /** The stages that are answered at once: one, unless somebody tried to pipe or nest them. */
  commands: CommandStage[];
}
