import type { AnyStage, Clause, FromStage, MapStage, Pipeline, ReduceStage, Span, Stage } from './ast.ts';
import type { Command } from './compiled.ts';
import type { Predicted } from './facts.ts';
import type { Json, JsonObject } from './json.ts';
import type { JobOperation, SourceView } from './operation.ts';
import type { StepModel, Throttle } from './plan.ts';
import type { Collection } from './query/collection.ts';
import type { FileUse } from './values/value-type.ts';
import type { Known } from './world.ts';

/** Where an operand comes from once its name is understood. */
export type Origin =
  | { type: 'stage'; stage: WorkStage }
  /** `label` is a file name or an id for recipes. */
  | { type: 'known'; known: Known; label: string }
  /** The thing that MAP is at, where what there is to map over is known only while running. */
  | { type: 'item'; set: GrowingSet }
  /** All of them, for REDUCE. */
  | { type: 'each'; set: GrowingSet }
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
  /** Of FROM, which makes a list: what stands before and behind the clip that it is a list of. */
  asked: { head: string; rest: string } | null;
  operation: JobOperation;
  /** Which statement, from 0. */
  statement: number;
  explain: boolean;
  /** The clips that it works on: what flows in, then operands, or what a clause that takes clips names. */
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
  /** It is what REDUCE does with all: one of them is enough, and more than the verb takes are worked on in portions. */
  reduces: boolean;
  /** What flows into it, for people, where MAP or REDUCE say so and not the stage: `v3`. */
  fed: string | null;
  /** It works on one thing of a list that is not there yet. */
  perItem: boolean;
  /** AT MOST of the MAP that it is done in. */
  throttle: Throttle | null;
  /** Of the stage that finds a list: what is done with each thing in it. */
  grows: GrowingSet | null;
}

/** Things that are known: what FROM found in the workspace, clips one by one, or what a MAP made of each. */
export interface SetItem {
  source: Source;
  /** For `{id}` and `{n}` in paths, and REDUCE BY. */
  fields: Readonly<Record<string, Json>>;
}

/** Several things, which only MAP and REDUCE work on. */
export interface SetStage {
  type: 'set';
  stage: FromStage | MapStage | ReduceStage;
  /** Null where a diagnostic says already why they are not known. */
  items: SetItem[] | null;
  /** They are known only once the list is made. */
  growing: GrowingSet | null;
  collection: Collection;
}

/** What will be done with each thing in a list that is made while running: the graph grows by it once the list is there. */
export interface GrowingSet {
  /** Makes the list. */
  list: WorkStage;
  /** What the things are parts of. */
  whole: Source;
  /** What is made of each, in order; none where the parts themselves are wanted. */
  each: WorkStage[];
  /** What is made of those that have a field in common. */
  groups: { by: string; stages: WorkStage[] } | null;
  throttle: Throttle | null;
}

/** A statement that is answered at once. */
export interface CommandStage {
  type: 'command';
  stage: AnyStage;
  statement: number;
  command: Command | null;
}

export interface ResolvedStatement {
  /** Only explained; what is analysed runs. */
  explain: boolean;
  analyze: boolean;
  span: Span;
  pipeline: Pipeline;
  /** Null when the verb is unknown. */
  last: WorkStage | CommandStage | SetStage | null;
  /** The stages that make something, nested ones before those that need them. */
  work: WorkStage[];
  /** The stages that are answered at once: one, unless somebody tried to pipe or nest them. */
  commands: CommandStage[];
}
