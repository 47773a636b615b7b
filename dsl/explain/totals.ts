import type { Lane, Plan } from '../plan.ts';
import type { StepVerdict, Totals } from './verdict.ts';

/** Adds up what is left: plays the plan through in its order, a step starting as soon as its inputs are there and its lane has a free place, a divided one in as many as
 * there are. `slots` says how many places each lane has. */
export function totals(
  plan: Plan,
  verdicts: readonly StepVerdict[],
  slots: Readonly<Record<Lane, number>>,
  free: number | null,
): Totals {
  const said = new Map(verdicts.map((verdict) => [verdict.step, verdict]));
  const places: Record<Lane, number[]> = { gpu: [], cpu: [], net: [] };
  for (const lane of Object.keys(places) as Lane[])
    places[lane] = new Array(Math.max(1, slots[lane])).fill(0);
  const ends = new Map<string, number>();
  const left: Totals = { seconds: 0, lanes: {}, unknown: 0, bytes: 0, free };
  for (const step of plan.steps) {
    const verdict = said.get(step.id);
    if (verdict?.verdict !== 'runs') continue;
    const { expected = null } = verdict;
    const seconds = expected?.seconds ?? 0;
    const ready = step.inputs.reduce(
      (latest, input) => Math.max(latest, 'step' in input ? (ends.get(input.step) ?? 0) : 0),
      0,
    );
    const lane = places[step.lane];
    const { segments = 1 } = verdict;
    let end = ready;
    for (let segment = 0; segment < segments; segment++) {
      const place = lane.indexOf(Math.min(...lane));
      lane[place] = Math.max(ready, lane[place]!) + seconds / segments;
      end = Math.max(end, lane[place]);
    }
    ends.set(step.id, end);
    left.seconds = Math.max(left.seconds, end);
    left.bytes += expected?.bytes ?? 0;
    if (expected === null) left.unknown += 1;
    else left.lanes[step.lane] = (left.lanes[step.lane] ?? 0) + seconds;
  }
  return left;
}
