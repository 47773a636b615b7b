import type { StitchArguments } from './arguments.ts';
import type { Predicted } from './facts.ts';
import type { Plan, Step } from './plan.ts';
import { planStitch } from './plan-stitch.ts';
import { perSecond } from './rational.ts';
import { stitchedClips } from './stitched-clips.ts';
import { clip, columnsOf } from './width.ts';

/** What the engine knows of a step: whether it would run, and why. */
export interface StepVerdict {
  step: string;
  verdict: 'recalled' | 'runs';
  reason: string;
  result: string | null;
}

/** Deeper than this, a tree is no longer read; what lies below is counted. */
const deepest = 12;
/** Columns beyond which a title pushes what is said of it to the next line. */
const longestTitle = 64;

/** A plan as a tree for people: results at the left, what they are made from below them, one job a line with its lane, what is expected, and
 * whether it runs. A step that several need is told once. Titles are cut to a terminal of `columns`, never in a pipe. */
export function explainText(
  plan: Plan,
  verdicts: readonly StepVerdict[] = [],
  columns = Number.POSITIVE_INFINITY,
): string {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const said = new Map(verdicts.map((verdict) => [verdict.step, verdict]));
  const needed = new Set(
    plan.steps.flatMap((step) => step.inputs.flatMap((input) => (input.from === 'step' ? [input.step] : []))),
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
  const optimised = few((plan.optimisations ?? []).map(({ rule, says }) => `${rule}: ${says}`));
  return [...table(rows, columns), '', ...notes(plan, steps, said), ...optimised, summary(plan, said)].join(
    '\n',
  );
}

/** `1280x720 24fps 4s`: what is known beforehand. */
export function predictedText(facts: Predicted | null): string {
  if (facts === null) return '';
  return [
    facts.width === undefined ? '' : `${facts.width}x${facts.height}`,
    facts.rate === undefined ? '' : `${Number(perSecond(facts.rate).toFixed(3))}fps`,
    facts.duration === undefined ? '' : `${Number(facts.duration.toFixed(3))}s`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

interface Row {
  left: string;
  right: string;
  /** What the right side stands behind when it needs a line of its own. */
  under: string;
}

function inputsOf(step: Step, steps: ReadonlyMap<string, Step>): Step[] {
  const ids = new Set(step.inputs.flatMap((input) => (input.from === 'step' ? [input.step] : [])));
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
  return [step.lane, predictedText(step.predicted), ...chosen(step), fate]
    .filter((part) => part !== '')
    .join(' · ');
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
  const right = Math.max(0, ...rows.map((row) => columnsOf(row.right)));
  const room = Math.min(longestTitle, columns - right - 3);
  const width = Math.max(0, ...rows.map(({ left }) => columnsOf(left)).filter((each) => each <= room));
  return rows.flatMap((row) => {
    const space = width - columnsOf(row.left);
    return space >= 0
      ? [`${row.left}${' '.repeat(space)}  ${row.right}`]
      : [clip(row.left, columns - 1), `${row.under}${row.right}`];
  });
}

/** What TO, `?` and NOTIFY will do, in words, and the shape that stitched clips take. */
function notes(
  plan: Plan,
  steps: ReadonlyMap<string, Step>,
  said: ReadonlyMap<string, StepVerdict>,
): string[] {
  return plan.steps.flatMap((step) => {
    switch (step.operation) {
      case 'export':
        return [
          `writes ${step.arguments.path} under the export folder${step.arguments.overwrite === true ? ', also over what is there' : ''}`,
        ];
      case 'deliver':
        return [`delivers the file to ${step.arguments.url} by HTTP PUT, again until it arrives`];
      case 'notify':
        return [`tells ${step.arguments.url} by signed JSON when it is done`];
      case 'stitch':
        return said.get(step.id)?.verdict === 'recalled' ? [] : shapeNotes(step, steps);
      default:
        return [];
    }
  });
}

/** What becomes of each clip of a stitch: copied packet by packet, or encoded and why. */
function shapeNotes(step: Step, steps: ReadonlyMap<string, Step>): string[] {
  const operands = step.inputs.filter(({ role }) => role === 'operand');
  const clips = stitchedClips(step, (id) => steps.get(id)?.predicted ?? null);
  const plan = planStitch(clips, step.arguments as StitchArguments);
  if (plan === null) return [];
  const { width, height, rate } = plan.shape;
  const fates = plan.clips.map(({ action, why }, index) => {
    const input = operands[index]!;
    const fate =
      action === 'copy'
        ? 'is copied'
        : input.from === 'step' && why === 'is not made yet'
          ? 'is copied if it comes out coded like the others, else encoded'
          : `is encoded: it ${why}`;
    return `  clip ${index + 1} ${fate}`;
  });
  return [`stitches to ${predictedText({ kind: 'video', width, height, rate })}`, ...few(fates)];
}

/** The first lines of many. */
function few(lines: readonly string[]): string[] {
  return lines.length <= 12 ? [...lines] : [...lines.slice(0, 11), `  and ${lines.length - 11} more`];
}

function summary({ steps }: Plan, said: ReadonlyMap<string, StepVerdict>): string {
  const recalled = [...said.values()].filter(({ verdict }) => verdict === 'recalled').length;
  const jobs = `${steps.length} ${steps.length === 1 ? 'job' : 'jobs'}`;
  return recalled === 0 ? jobs : `${jobs}, ${recalled} recalled`;
}
