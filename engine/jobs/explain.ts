import type { Catalogue } from '../../dsl/catalogue.ts';
import { expectations } from '../../dsl/explain/expect.ts';
import { totals } from '../../dsl/explain/totals.ts';
import type { Lane, Plan, Step } from '../../dsl/plan.ts';
import { dividedOperations, expectedOf, piecesOfJob } from '../../dsl/segments/divide.ts';
import type { Pieces } from '../../dsl/segments/pieces.ts';
import type { Explanation, StepExplanation } from '../explanation.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { whyNot } from './difference.ts';
import { readHistory } from './history.ts';
import { type Judgement, judge } from './judge.ts';
import { segmentsFor } from './segments-for.ts';

/** What an explanation is told beside the plan. */
export interface Explaining {
  catalogue: Catalogue;
  /** How many jobs of each lane run at the same time. */
  slots(): Promise<Readonly<Record<Lane, number>>>;
  /** Bytes left where results are kept; null when that cannot be known. */
  free(): Promise<number | null>;
}

/** Says for each step of a plan whether it would be recalled or run and why, with the same keys and the same look-up as a run, and what it
 * would take. A handful of queries, however long the plan is. */
export async function explain(
  parts: Parts,
  plan: Plan,
  workspace: string,
  { catalogue, slots, free }: Explaining,
): Promise<Explanation> {
  const { store } = parts;
  const judged = await judge(parts, plan, workspace);
  const ids = await idsOf(store, workspace, [...judged.values()]);
  const reasons = await whyNot(store, workspace, catalogue, unknownOf(plan, judged));
  const running = plan.steps.filter(({ id }) => judged.get(id)!.verdict === 'runs');
  const pieces = piecesOfAll(plan, running);
  const operations = running.map(({ operation }) => operation);
  const asked = new Set([...operations, ...(pieces.size > 0 ? dividedOperations : [])]);
  const samples = await readHistory(store, workspace, [...asked]);
  const expected = expectations(plan, samples);
  const divided = new Map<string, Pick<StepExplanation, 'segments' | 'madeSegments'>>();
  for (const step of running) {
    const long = pieces.get(step.id);
    const judgement = judged.get(step.id)!;
    if (long === undefined) continue;
    const inputs = 'inputs' in judgement ? judgement.inputs : null;
    const { segments, finished } = await segmentsFor(store, workspace, { ...step, inputs }, long, samples);
    if (segments.length > 1)
      divided.set(step.id, {
        segments: segments.length,
        ...(finished > 0 ? { madeSegments: finished } : {}),
      });
  }
  const steps = plan.steps.map((step): StepExplanation => {
    const judgement = judged.get(step.id)!;
    const recalled = judgement.verdict === 'recalled';
    const long = pieces.get(step.id);
    return {
      step: step.id,
      lane: step.lane,
      verdict: judgement.verdict,
      reason: recalled ? 'made before' : reasonOf(judgement, reasons.get(step.id)),
      // Null when its id was removed: a run would give it a new one.
      result: recalled ? (ids.get(judgement.hash) ?? null) : null,
      expected: recalled
        ? null
        : (expected.get(step.id) ?? (long === undefined ? null : expectedOf(step, long, samples))),
      ...divided.get(step.id),
    };
  });
  return { plan, steps, totals: totals(plan, steps, await slots(), await free()) };
}

/** The pieces of steps that are long, by what is known beforehand of the clips that they read. */
function piecesOfAll(plan: Plan, running: readonly Step[]): Map<string, Pieces> {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  return new Map(
    running.flatMap((step) => {
      const input = step.inputs.find(({ role }) => role === 'operand');
      if (input === undefined || input.from === 'each') return [];
      const made = input.from === 'step' ? (steps.get(input.step)?.predicted ?? null) : null;
      const clip = input.from === 'artifact' ? input.facts : made && { ...made, container: 'mp4' };
      const pieces = clip?.kind === 'video' ? piecesOfJob(step, clip) : null;
      return pieces === null ? [] : [[step.id, pieces] as const];
    }),
  );
}

function unknownOf(plan: Plan, judged: ReadonlyMap<string, Judgement>) {
  return plan.steps.flatMap((step: Step) => {
    const judgement = judged.get(step.id)!;
    return judgement.verdict === 'runs' && judgement.why === 'unknown'
      ? [{ step, inputs: judgement.inputs }]
      : [];
  });
}

function reasonOf({ why }: Extract<Judgement, { verdict: 'runs' }>, unknown: string | undefined): string {
  switch (why) {
    case 'effect':
      return 'done anew each time';
    case 'input':
      return 'its input runs';
    case 'gone':
      return 'made before, but its bytes are gone';
    case 'unknown':
      return unknown ?? 'never made';
  }
}

/** The ids that recalled bytes have in the workspace, by hash. */
async function idsOf(
  queries: Queries,
  workspace: string,
  judged: readonly Judgement[],
): Promise<Map<string, string>> {
  const hashes = judged.flatMap((each) => (each.verdict === 'recalled' ? [each.hash] : []));
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{ hash: string; id: string }>(
    'select hash, letter || number as id from media where workspace = $1 and hash = any($2::text[])',
    [workspace, hashes],
  );
  return new Map(rows.map(({ hash, id }) => [hash, id]));
}
