import type { Command, Compiled } from '../dsl/compiled.ts';
import type { Measured } from '../dsl/explain/analyse.ts';
import type { ParseOptions } from '../dsl/parse.ts';
import type { Plan } from '../dsl/plan.ts';
import type { ScriptText } from '../dsl/plan-texts.ts';
import type { Answer } from './answer.ts';
import type { Asker } from './asker.ts';
import type { Attached } from './attachments/read.ts';
import type { RunEvent } from './event.ts';
import type { Explanation } from './explanation.ts';
import type { Along } from './jobs/submit.ts';

/** What goes with a command: that it was said yes to, and the file that came along, which EVIDENCE calls `this`. */
export interface CommandOptions {
  confirmed?: boolean;
  attached?: Attached | null;
}

/** How a text is compiled: as it came, and what stood in it before an id was put there. */
export interface CompileOptions extends ParseOptions {
  /** Names and links of files that came along, and where the ids stand that stand for them now. */
  brought?: readonly ScriptText[];
}

/** What every front end talks to. One implementation; embedded or distributed is a matter of the ports it was opened with. */
export interface Engine extends AsyncDisposable {
  /** Parses, looks up what the text refers to, resolves, checks, plans. Never throws for what the asker wrote; runs nothing. */
  compile(source: string, asker: Asker, signal?: AbortSignal, options?: CompileOptions): Promise<Compiled>;
  /** Says for each step of a plan whether it would run or be recalled, and why. Runs nothing. */
  explain(plan: Plan, asker: Asker): Promise<Explanation>;
  /** What the jobs of a group took and came to, in the order of its plan; empty for a group that the asker does not have. */
  measure(group: string, asker: Asker): Promise<Measured[]>;
  /** Takes in local files, commits the run and its jobs as rows, and what is to be written along with them, then rings. Returns the group's
   * id (`g7`). */
  submit(plan: Plan, asker: Asker, along?: Along): Promise<{ group: string }>;
  /** Answers a command; a destructive one answers `confirm` until it is called with `confirmed`. */
  command(command: Command, asker: Asker, options?: CommandOptions): Promise<Answer>;
  /** Everything that happens to a group from now on, beginning with `accepted` and the present state of its jobs; ends after `done`. */
  watch(group: string, asker: Asker, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** Stops what runs and what waits; finished work stays. */
  cancel(group: string, asker: Asker): Promise<boolean>;
}
