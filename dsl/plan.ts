import type { Facts, Predicted } from './facts.ts';
import type { Json, JsonObject } from './json.ts';
import type { Kind } from './kind.ts';

/** What a job waits for. */
export type Lane = 'gpu' | 'cpu' | 'net';

/** Bytes that a step reads: what an earlier step gives, or an artifact that is there already. */
export type StepInput = {
  /** Why the step wants it: `operand` (in order), or a named extra such as `lut`. */
  role: string;
} & ({ from: 'step'; step: string } | { from: 'artifact'; hash: string; kind: Kind; facts: Facts });

/** A network that a step runs; the digest is part of the work key. */
export interface StepModel {
  name: string;
  digest: string;
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
}

/** The job graph of one script as JSON; pure, so that EXPLAIN prints exactly what will run. */
export interface Plan {
  /** The canonical script. */
  source: string;
  steps: Step[];
}

export type { Json, JsonObject };
