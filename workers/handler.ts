import type { Facts } from '../dsl/facts.ts';
import type { JsonObject } from '../dsl/json.ts';
import type { Kind } from '../dsl/kind.ts';

/** An artifact that a job reads. The file is read-only and must not be moved. */
export interface Input {
  role: string;
  /** Absolute path in the artifact store; it has no telling extension. */
  path: string;
  hash: string;
  kind: Kind;
  facts: Facts;
  recipe: string | null;
}

/** Lossy news about a running job. `fraction` 0 to 1. */
export interface Progress {
  fraction: number;
  fps?: number;
  secondsLeft?: number;
  note?: string;
}

/** What a handler is handed for one job. */
export interface Desk {
  /** `j40`, for logs. */
  job: string;
  workspace: string;
  group: string;
  /** From 1. */
  attempt: number;
  /** Operands in order, then extras by role. */
  inputs: readonly Input[];
  /** An empty folder of the job's own, removed when the job ends in whatever way. */
  scratch: string;
  /** Under which TO writes, for whoever asked; absolute. */
  exportRoot: string;
  /** Aborted on cancel, lost lease or shutdown: stop within a second and leave no process behind. */
  signal: AbortSignal;
  /** Canonical PQL to embed in what is made. */
  recipe: string;
  /** The name of this work (`engine/work-key.ts`); empty for effects, which are not remembered. */
  workKey: string;
  progress(progress: Progress): void;
  log(message: string, detail?: JsonObject): void;
}

/** What a job made: a file in its scratch folder, taken into the artifact store when the handler returns. */
export interface Produced {
  file: string;
  kind: Kind;
  facts: Facts;
  /** What the asker should know about it. */
  notes: string[];
  /** What was measured or chosen, kept with the result: seed, engine, execution provider, undrawn nouns. `words` are lines that say for people
   * what a text holds: they are shown where the text is the result, not where it only lies between. */
  details: JsonObject;
  /** It rests on more than its work key tells, a certificate say: whoever asks again is answered anew. */
  fleeting?: boolean;
}

/** What an effect did, kept with the job. */
export interface Effected {
  path?: string;
  url?: string;
  notes: string[];
  /** A smaller form of what it read, in its scratch folder: no result, but kept beside what it is of. */
  preview?: { file: string; facts: Facts; fits: number; says: string };
}

/** Does one job. Throws Failure for what the asker should read, AbortError when `desk.signal` ended it; anything else is our bug. */
export type Handler<Arguments = JsonObject> = (args: Arguments, desk: Desk) => Promise<Produced | Effected>;
