import type { OurMatrix } from '../colours.ts';
import type { Shape } from '../common-shape.ts';
import type { JsonObject } from '../json.ts';
import type { Plan, Step, StepInput, StepModel } from '../plan.ts';
import { passStep } from './pass-step.ts';
import { trimWords } from './titles.ts';

/** One stage of frame work: a TRIM, GRADE or ENHANCE of the plan as it was written. */
export interface Piece {
  /** The step that it was. */
  id: string;
  operation: string;
  version: number;
  arguments: JsonObject;
  models: readonly StepModel[];
  /** What it reads beside the frames: a LUT. */
  extras: readonly StepInput[];
  /** As a title tells it behind a pipe. */
  piped: string;
  /** Of what it gives, where that is what the script says; null inside stages that changed places. */
  recipe: string | null;
}

/** Frame work in one pass: stages done one after the other on the frames of one clip. */
export interface FrameWork {
  source: StepInput;
  /** How the source was typed; empty behind a pipe. */
  operand: string;
  pieces: readonly Piece[];
  /** What the frames are brought to at the end; null leaves their size and rate, in BT.709. */
  shape: (Shape & { fit: 'pad' | 'crop'; matrix: OurMatrix }) | null;
}

/** A step in the making. Of frame work, operation, arguments, inputs, models, lane and title are those of `work`. */
export interface Draft {
  step: Step;
  work: FrameWork | null;
}

/** The operations whose steps are frame work. */
const frameWork: ReadonlySet<string> = new Set(['trim', 'grade', 'enhance']);

/** Opens a plan for the rules. */
export function draftsOf(plan: Plan): Draft[] {
  return plan.steps.map((step) => ({ step, work: workOf(step) }));
}

/** A plan's steps again, without what only the rules needed. */
export function stepsOf(drafts: readonly Draft[]): Step[] {
  return drafts.map(({ step: { words: _words, ...step }, work }) =>
    work === null ? step : passStep(step, work),
  );
}

/** `s1..s3`: stages that are done in one pass; `shaped` where they are brought to the shape of a film at once. */
export function formName(pieces: readonly Piece[], shaped: boolean): string {
  return `${pieces[0]!.id}..${pieces.at(-1)!.id}${shaped ? ' shaped' : ''}`;
}

function workOf(step: Step): FrameWork | null {
  const [source, ...extras] = step.inputs;
  if (!frameWork.has(step.operation) || source?.role !== 'operand') return null;
  // Two clips, or an input of a kind that came later: nothing is known of such a step.
  if (extras.some(({ role }) => role === 'operand')) return null;
  const { id, operation, version, arguments: args, models, recipe, words } = step;
  const piped = operation === 'trim' ? trimWords(args) : (words?.piped ?? step.title);
  return {
    source,
    operand: words?.operand ?? '',
    pieces: [{ id, operation, version, arguments: args, models, extras, piped, recipe }],
    shape: null,
  };
}
