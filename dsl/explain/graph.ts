import { showBytes, showTook } from '../amounts.ts';
import type { Lane, Plan, Step } from '../plan.ts';
import { predictedText } from './predicted-text.ts';
import type { StepVerdict } from './verdict.ts';

/** A job in a drawing. */
export interface Node {
  /** `n1`, `n2`: a word in every drawing language. */
  id: string;
  lane: Lane;
  /** `planned` where nobody asked what becomes of it. */
  fate: 'recalled' | 'runs' | 'planned';
  /** Its title; lane and what it makes; what becomes of it. No line holds a control character. */
  lines: string[];
}

/** Characters of a title that are drawn. */
const longest = 120;

/** What the drawings of a plan have in common. */
export function nodesOf(
  plan: Plan,
  verdicts: readonly StepVerdict[],
): { nodes: Node[]; edges: { from: string; to: string }[] } {
  const said = new Map(verdicts.map((verdict) => [verdict.step, verdict]));
  const ids = new Map(plan.steps.map(({ id }, index) => [id, `n${index + 1}`]));
  return {
    nodes: plan.steps.map((step) => nodeOf(ids.get(step.id)!, step, said.get(step.id))),
    edges: plan.steps.flatMap((step) => {
      const from = new Set(step.inputs.flatMap((input) => ('step' in input ? [input.step] : [])));
      return [...from].map((each) => ({ from: ids.get(each)!, to: ids.get(step.id)! }));
    }),
  };
}

function nodeOf(id: string, step: Step, verdict: StepVerdict | undefined): Node {
  const expected = verdict?.expected ?? null;
  const work = [
    step.lane,
    predictedText(step.predicted),
    expected === null ? '' : `≈ ${showTook(expected.seconds)}`,
    expected === null || expected.bytes === null ? '' : `≈ ${showBytes(expected.bytes)}`,
  ];
  const fate =
    verdict === undefined
      ? ''
      : verdict.verdict === 'runs'
        ? `runs: ${verdict.reason}`
        : `recalled${verdict.result === null ? '' : ` as ${verdict.result}`}`;
  return {
    id,
    lane: step.lane,
    fate: verdict?.verdict ?? 'planned',
    lines: [step.title, work.filter((part) => part !== '').join(' · '), fate]
      .filter((line) => line !== '')
      .map(oneLine),
  };
}

function oneLine(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  const characters = [...plain];
  return characters.length <= longest ? plain : `${characters.slice(0, longest - 1).join('')}…`;
}
