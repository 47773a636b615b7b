import { showBytes, showTook } from '../amounts.ts';
import type { Plan, Step } from '../plan.ts';
import { clip, columnsOf } from '../width.ts';
import type { Expected } from './expect.ts';
import { predictedText } from './predicted-text.ts';
import type { StepVerdict } from './verdict.ts';

/** Deeper than this, a tree is no longer read; what lies below is counted. */
const deepest = 12;
/** Columns beyond which a title pushes what is said of it to the next line. */
const longestTitle = 64;

/** A plan as a tree: results at the left, what they are made from below them, one job a line with its lane, what is expected, and whether it
 * runs. A step that several need is told once. Titles are cut to a terminal of `columns`, never in a pipe. */
export function drawTree(
  plan: Plan,
  steps: ReadonlyMap<string, Step>,
  said: ReadonlyMap<string, StepVerdict>,
  columns: number,
): string[] {
  const needed = new Set(
    plan.steps.flatMap((step) => step.inputs.flatMap((input) => ('step' in input ? [input.step] : []))),
  );
  const rows: Row[] = [];
  const told = new Set<string>();
  const tell = (step: Step, lead: string, branch: string, depth: number): void => {
    const again = told.has(step.id);
    told.add(step.id);
    const below = inputsOf(step, steps);
    const inner = lead + (branch === '' ? '' : branch.startsWith('└') ? '   ' : '│  ');
    rows.push({
      left: lead + branch + step.title,
      right: again ? 'see above' : describe(step, said.get(step.id)),
      under: `${inner}${again || below.length === 0 ? ' ' : '│'}  `,
    });
    if (again || below.length === 0) return;
    if (depth === deepest) {
      const rest = below.length + below.reduce((sum, each) => sum + countBelow(each, steps, told), 0);
      rows.push({
        left: `${inner}└─ …`,
        right: `${rest} earlier ${rest === 1 ? 'job' : 'jobs'}`,
        under: `${inner}   `,
      });
      return;
    }
    for (const [index, each] of below.entries()) {
      tell(each, inner, index === below.length - 1 ? '└─ ' : '├─ ', depth + 1);
    }
  };
  for (const step of plan.steps) {
    if (!needed.has(step.id)) tell(step, '', '', 0);
  }
  return table(rows, columns);
}

interface Row {
  left: string;
  right: string;
  /** What the right side stands behind when it needs a line of its own. */
  under: string;
}

function inputsOf(step: Step, steps: ReadonlyMap<string, Step>): Step[] {
  const ids = new Set(step.inputs.flatMap((input) => ('step' in input ? [input.step] : [])));
  return [...ids].flatMap((id) => steps.get(id) ?? []);
}

/** How many steps below one were not told yet; marks them as told. */
function countBelow(step: Step, steps: ReadonlyMap<string, Step>, told: Set<string>): number {
  const stack = [step];
  let count = 0;
  while (stack.length > 0) {
    for (const each of inputsOf(stack.pop()!, steps)) {
      if (told.has(each.id)) continue;
      told.add(each.id);
      count += 1;
      stack.push(each);
    }
  }
  return count;
}

function describe(step: Step, verdict: StepVerdict | undefined): string {
  const fate =
    verdict === undefined
      ? ''
      : verdict.verdict === 'recalled'
        ? `recalled${verdict.result === null ? '' : ` as ${verdict.result}`}`
        : `runs: ${verdict.reason}`;
  return [
    step.lane,
    predictedText(step.predicted),
    ...expectedText(verdict?.expected),
    ...inSegments(verdict),
    ...chosen(step),
    fate,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `in 12 segments`, which many workers share. */
function inSegments(verdict: StepVerdict | undefined): string[] {
  const { segments, madeSegments = 0 } = verdict ?? {};
  if (segments === undefined) return [];
  return [`in ${segments} segments${madeSegments === 0 ? '' : `, ${madeSegments} of them made before`}`];
}

/** `≈ 12s`, `≈ 2.1 MB`: what it takes, from what the same took before. */
function expectedText(expected: Expected | null | undefined): string[] {
  if (!expected) return [];
  const { seconds, bytes } = expected;
  return [`≈ ${showTook(seconds)}`, ...(bytes === null ? [] : [`≈ ${showBytes(bytes)}`])];
}

/** What was chosen for the asker: the seed and the networks that the statement does not name. */
function chosen({ arguments: given, models, title }: Step): string[] {
  const { seed } = given as { seed?: unknown };
  return [
    ...(typeof seed === 'number' && !/ SEED /.test(title) ? [`seed ${seed}`] : []),
    ...models.flatMap(({ name }) => (title.includes(name) ? [] : [`with ${name}`])),
  ];
}

/** Two columns; where a title is too long for its column, the right one gets a line of its own below it. */
function table(rows: readonly Row[], columns: number): string[] {
  const right = rows.reduce((most, row) => Math.max(most, columnsOf(row.right)), 0);
  const room = Math.min(longestTitle, columns - right - 3);
  const lefts = rows.map(({ left }) => columnsOf(left));
  const width = lefts.reduce((most, each) => (each <= room ? Math.max(most, each) : most), 0);
  return rows.flatMap((row, at) => {
    const space = width - lefts[at]!;
    return space >= 0
      ? [`${row.left}${' '.repeat(space)}  ${row.right}`]
      : [clip(row.left, columns - 1), `${row.under}${row.right}`];
  });
}
