import type { Expected } from '../dsl/explain/expect.ts';
import type { StepVerdict, Totals } from '../dsl/explain/verdict.ts';
import type { Lane, Plan } from '../dsl/plan.ts';
import type { Refusal } from './limits/admission.ts';

/** Whether and why a step would run, and what it would take. */
export interface StepExplanation extends StepVerdict {
  lane: Lane;
  expected: Expected | null;
}

export interface Explanation {
  plan: Plan;
  steps: StepExplanation[];
  totals: Totals;
  /** Why it would not be accepted now. */
  refused?: Refusal;
}
