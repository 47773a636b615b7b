import type { Lane, Plan } from '../dsl/plan.ts';

/** Whether and why a step would run. */
export interface StepExplanation {
  step: string;
  lane: Lane;
  /** `recalled` with the id of what is there, or `runs` with the reason: `never made`, `its input runs`, `arguments changed`. */
  verdict: 'recalled' | 'runs';
  reason: string;
  result: string | null;
}

export interface Explanation {
  plan: Plan;
  steps: StepExplanation[];
}
