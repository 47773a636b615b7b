import { showBytes, showTook } from '../amounts.ts';
import type { Lane, Plan } from '../plan.ts';
import type { StepVerdict, Totals } from './verdict.ts';

/** How many jobs there are, and what is left to do: time, bytes, and of what there is no history. */
export function summary(plan: Plan, said: ReadonlyMap<string, StepVerdict>, totals: Totals | null): string[] {
  const recalled = [...said.values()].filter(({ verdict }) => verdict === 'recalled').length;
  const jobs = `${plan.steps.length} ${plan.steps.length === 1 ? 'job' : 'jobs'}`;
  return [
    recalled === 0 ? jobs : `${jobs}, ${recalled} recalled`,
    ...(totals === null ? [] : left(plan, said, totals)),
  ];
}

function left(plan: Plan, said: ReadonlyMap<string, StepVerdict>, totals: Totals): string[] {
  const lanes = (Object.entries(totals.lanes) as [Lane, number][]).map(
    ([lane, seconds]) => `${lane} ${showTook(seconds)}`,
  );
  return [
    ...(lanes.length === 0
      ? []
      : [`≈ ${showTook(totals.seconds)} left, the lanes side by side: ${lanes.join(', ')} of work`]),
    ...(totals.bytes === 0 ? [] : [`≈ ${showBytes(totals.bytes)} of results`]),
    ...(totals.free !== null && totals.bytes > totals.free
      ? [`only ${showBytes(totals.free)} are free on the disk, so they do not fit`]
      : []),
    ...noHistory(plan, said, lanes.length > 0),
  ];
}

/** Names the verbs of which nothing is known yet, by the first word of what they are called: TO, ENHANCE. */
function noHistory(plan: Plan, said: ReadonlyMap<string, StepVerdict>, some: boolean): string[] {
  const verbs = new Set(
    plan.steps.flatMap(({ id, title, operation }) => {
      const verdict = said.get(id);
      if (verdict?.verdict !== 'runs' || verdict.expected !== null) return [];
      return operation === 'frame' ? ['LAST FRAME'] : title.split(' ', 1);
    }),
  );
  if (verbs.size === 0) return [];
  const names = [...verbs].join(', ');
  return [`no history yet of ${names}, so ${some ? 'it takes longer' : 'nobody knows how long it takes'}`];
}
