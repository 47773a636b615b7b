import type { Predicted } from '../facts.ts';
import type { Lane, Plan, Step } from '../plan.ts';
import type { StepVerdict } from './verdict.ts';

/** What became of a job. */
export interface Measured {
  /** The step of the plan that it was. */
  step: string;
  /** `j40`. */
  job: string;
  title: string;
  lane: Lane;
  state: 'blocked' | 'ready' | 'running' | 'done' | 'failed' | 'cancelled';
  effect: boolean;
  /** Done without work, because the same work was done before. */
  recalled: boolean;
  attempts: number;
  /** From its start to its end; null when it did not start or end. Of a second attempt, since the first started. */
  seconds: number | null;
  /** From when it could have started until it did; null when it did not. */
  waited: number | null;
  /** Seconds after the run was accepted at which it ended. */
  ended: number | null;
  /** Of what it made. */
  facts: Predicted | null;
  /** `v12`. */
  result: string | null;
  /** `PQL601`. */
  failure: string | null;
}

/** A job: what was planned of it, beside what was measured. */
export interface Analysed {
  measured: Measured;
  /** Frames made a second, where it made frames. */
  fps: number | null;
  /** Null for a job that nobody could plan, since it came about while the run was running. */
  planned: (StepVerdict & { predicted: Predicted | null }) | null;
}

/** What EXPLAIN ANALYZE says of a statement. */
export interface Analysis {
  group: string;
  jobs: Analysed[];
  totals: {
    /** Seconds that were expected of those that ran, and of how many nobody knew anything. */
    expected: number;
    unknown: number;
    /** Seconds that those which ran took, all added up. */
    seconds: number;
    /** Seconds from the acceptance of the run to the last end. */
    elapsed: number;
    expectedBytes: number;
    bytes: number;
    ran: number;
    recalled: number;
    failed: number;
  };
}

/** Puts what was planned beside what was measured, for one statement of the plan that ran; `part` is its own plan, of which every step is somewhere
 * in the plan that ran. Where one is not, everything that ran is told. */
export function analyse(
  part: Plan,
  planned: { plan: Plan; steps: readonly StepVerdict[] },
  measured: readonly Measured[],
  group: string,
): Analysis {
  const steps = new Map(planned.plan.steps.map((step) => [step.id, step]));
  const verdicts = new Map(planned.steps.map((verdict) => [verdict.step, verdict]));
  const wanted = stepsOf(part, planned.plan);
  const jobs = measured
    // What came of a list has ids that begin with that of the step that made it.
    .filter(({ step }) => wanted === null || wanted.has(step) || wanted.has(step.split('.')[0]!))
    .map((each): Analysed => {
      const verdict = verdicts.get(each.step);
      return {
        measured: each,
        fps: fpsOf(each),
        planned:
          verdict === undefined ? null : { ...verdict, predicted: steps.get(each.step)?.predicted ?? null },
      };
    });
  return { group, jobs, totals: totalsOf(jobs) };
}

/** The steps of the plan that ran which do the work of a part of it; null when one is missing. Equal work has equal operation, arguments and inputs. */
function stepsOf(part: Plan, whole: Plan): Set<string> | null {
  const there = new Map<string, string>();
  for (const step of whole.steps) {
    const key = keyOf(step, (id) => id);
    if (!there.has(key)) there.set(key, step.id);
  }
  const found = new Map<string, string>();
  for (const step of part.steps) {
    const id = there.get(keyOf(step, (each) => found.get(each) ?? ''));
    if (id === undefined) return null;
    found.set(step.id, id);
  }
  return new Set(found.values());
}

function keyOf(step: Step, idOf: (id: string) => string): string {
  const models = step.models.map(({ digest }) => digest);
  const inputs = step.inputs.map((input) => [
    input.role,
    input.from === 'artifact' ? input.hash : idOf(input.step),
  ]);
  return JSON.stringify([step.operation, step.version, step.arguments, models, inputs]);
}

function fpsOf({ recalled, facts, seconds }: Measured): number | null {
  const frames = facts?.frames;
  return recalled || frames === undefined || seconds === null || seconds <= 0 ? null : frames / seconds;
}

function totalsOf(jobs: readonly Analysed[]): Analysis['totals'] {
  const totals = {
    expected: 0,
    unknown: 0,
    seconds: 0,
    elapsed: 0,
    expectedBytes: 0,
    bytes: 0,
    ran: 0,
    recalled: 0,
    failed: 0,
  };
  for (const { measured, planned } of jobs) {
    totals.elapsed = Math.max(totals.elapsed, measured.ended ?? 0);
    if (measured.state === 'failed') totals.failed += 1;
    if (measured.recalled) totals.recalled += 1;
    else if (measured.state === 'done') totals.ran += 1;
    if (measured.recalled || measured.seconds === null) continue;
    totals.seconds += measured.seconds;
    totals.bytes += measured.facts?.bytes ?? 0;
    const expected = planned?.expected ?? null;
    if (expected === null) totals.unknown += 1;
    totals.expected += expected?.seconds ?? 0;
    totals.expectedBytes += expected?.bytes ?? 0;
  }
  return totals;
}
