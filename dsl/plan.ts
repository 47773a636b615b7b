import type { Admission } from './consent.ts';
import type { Facts, Predicted } from './facts.ts';
import type { Json, JsonObject } from './json.ts';
import type { Kind } from './kind.ts';
import type { Recipe, Telling } from './recipe.ts';

/** What a job waits for. */
export type Lane = 'gpu' | 'cpu' | 'net';

/** Bytes that a step reads: what an earlier step gives, or an artifact that is there already. */
export type StepInput = {
  /** Why the step wants it: `operand` (in order), or a named extra such as `lut`. */
  role: string;
} & (
  | { from: 'step'; step: string }
  | { from: 'artifact'; hash: string; kind: Kind; facts: Facts }
  /** What comes of each thing in the list that the step makes: as many inputs as there are things, in their order. */
  | { from: 'each'; step: string }
);

/** At most so many of the jobs with this name run at the same time. */
export interface Throttle {
  name: string;
  most: number;
}

/** What a plan grows by once the list that a step makes is there. */
export interface Growth {
  /** What the things in the list are parts of, and its recipe. */
  whole: StepInput;
  /** What it is called, for people. */
  label: string;
  recipe: Recipe;
  /** Done with each; the last that is no effect gives what comes of it, and the part itself where there is none. */
  each: Template[];
  /** Done with those that have the field in common. */
  groups: { by: string; steps: Template[] } | null;
  throttle: Throttle | null;
  statement: number;
  /** Effects of what comes of the first so many; absent where there are none. */
  first?: { most: number; steps: Template[] };
}

/** A step to be: its id is unique among the templates of its growth. */
export interface Template extends Omit<Step, 'inputs' | 'recipe'> {
  inputs: TemplateInput[];
  telling: Telling;
}

/** `item` is the part, or of a group all that have the field in common. */
export type TemplateInput =
  | StepInput
  | { role: string; from: 'item' }
  | { role: string; from: 'template'; template: string };

/** A network that a step runs; the digest is part of the work key. */
export interface StepModel {
  name: string;
  digest: string;
  /** Bytes that a process which runs it takes, where that is known. No part of the work. */
  memory?: number;
}

/** One job of a plan, in topological order. Equal operation, version, arguments, models and input bytes mean equal work. */
export interface Step {
  /** `s1`, `s2` …: unique in its plan. */
  id: string;
  /** The operation's verb in lower case (`enhance`), or an effect of TO: `export`, `deliver`, `notify`. */
  operation: string;
  /** Of the operation; raised when its results change. */
  version: number;
  /** Checked: units normalised (seconds, fps, pixels, fractions), defaults filled in, no names, no paths of inputs. */
  arguments: JsonObject;
  inputs: StepInput[];
  models: StepModel[];
  lane: Lane;
  /** What it gives; null for effects, which are never recalled. */
  gives: Kind | null;
  effect: boolean;
  /** AS name, as typed. */
  name: string | null;
  /** Which statement of the script, from 0. */
  statement: number;
  /** Canonical PQL of this stage, for people: `ENHANCE intro UPSCALE 2x`. */
  title: string;
  /** Canonical PQL that makes the result from nothing but source files, names and TO left out; embedded in the file. */
  recipe: string;
  predicted: Predicted | null;
  throttle?: Throttle;
  grows?: Growth;
  /** Further statements that need the very same work, when there are any. */
  also?: number[];
  /** How titles of several stages tell this one; gone once the plan is optimised. */
  words?: StepWords;
}

/** A stage of one operand in two pieces. */
export interface StepWords {
  /** As it stands behind a pipe: `GRADE LOOK noir`. */
  piped: string;
  /** What it is done to, as typed and without its range: `v3`; empty behind a pipe. */
  operand: string;
}

/** One thing that was done to a plan so that less work gives the same result, for EXPLAIN. */
export interface Optimisation {
  /** The rule's name: `trim first`. */
  rule: string;
  /** A sentence without a full stop. */
  says: string;
}

/** The job graph of one script as JSON; pure, so that EXPLAIN prints exactly what will run. */
export interface Plan {
  /** The canonical script. */
  source: string;
  steps: Step[];
  /** By whose leave it shows people; absent where nobody looked, and then its jobs are judged before they run. */
  consent?: Admission | undefined;
  /** What was optimised; absent before anybody tried. */
  optimisations?: Optimisation[];
}

export type { Json, JsonObject };
