import { frameStep } from './frame-step.ts';
import { trim } from './operations/trim.ts';
import type { Growth, StepInput, Template, TemplateInput } from './plan.ts';
import {
  type Recipe,
  recipeOfItem,
  recipeOfPart,
  recipeOfStage,
  type Telling,
  tellingOf,
  tellsNothing,
} from './recipe.ts';
import type { GrowingSet, Source, WorkStage } from './resolved.ts';
import { effectsOf, titleOf } from './stage-effects.ts';
import { time } from './values/quantities.ts';
import type { Known } from './world.ts';

/** What a stage reads: the bytes, and how they are told. */
export interface MadeInput {
  input: StepInput;
  recipe: Recipe;
}

/** How the builder of a plan makes inputs of what is there without the list. */
export interface InputMaker {
  input(source: Source, work: WorkStage): MadeInput;
  artifact(role: string, known: Known): StepInput;
}

/** What a plan grows by when the list is there, and what MAP makes of each, told with `_`. */
export function growthOf(
  set: GrowingSet,
  list: { clip: MadeInput; label: string },
  maker: InputMaker,
): { growth: Growth; mapped: Recipe } {
  const each = templatesOf(
    set.each.filter(({ perItem }) => perItem),
    'e',
    maker,
  );
  const groups =
    set.groups === null
      ? null
      : templatesOf(
          set.groups.stages.filter(({ perItem }) => perItem),
          'g',
          maker,
        );
  return {
    growth: {
      whole: list.clip.input,
      label: list.label,
      recipe: list.clip.recipe,
      each: each.templates,
      groups: groups === null ? null : { by: set.groups!.by, steps: groups.templates },
      throttle: set.throttle,
      statement: set.list.statement,
    },
    mapped: each.last,
  };
}

function templatesOf(
  stages: readonly WorkStage[],
  prefix: string,
  maker: InputMaker,
): { templates: Template[]; last: Recipe } {
  const templates: Template[] = [];
  const made = new Map<WorkStage, { id: string; recipe: Recipe }>();
  let last = recipeOfItem;

  const add = (template: Omit<Template, 'id'>): string => {
    const id = `${prefix}${templates.length + 1}`;
    templates.push({ ...template, id });
    return id;
  };
  const whole = ({ origin }: Source): { input: TemplateInput; recipe: Recipe } => {
    if (origin.type === 'item') return { input: { role: 'operand', from: 'item' }, recipe: recipeOfItem };
    const before = made.get((origin as { stage: WorkStage }).stage)!;
    return { input: { role: 'operand', from: 'template', template: before.id }, recipe: before.recipe };
  };
  const input = (source: Source, work: WorkStage): { input: TemplateInput; recipe: Recipe } => {
    const { range, origin } = source;
    // What does not depend on the thing is made once, beside the list.
    if (origin.type !== 'item' && !(origin.type === 'stage' && origin.stage.perItem))
      return maker.input(source, work);
    const all = whole(source);
    const frame = frameStep(source, work);
    if (frame !== null) {
      const id = add({ ...blank(work), ...frame, inputs: [all.input], telling: tellsNothing });
      return { input: { role: 'operand', from: 'template', template: id }, recipe: all.recipe };
    }
    if (range === null || work.operation.cuts === true) return all;
    const told = `${time.print(range.from)}..${range.to === null ? '' : time.print(range.to)}`;
    const id = add({
      ...blank(work),
      operation: 'trim',
      version: trim.version,
      arguments: { from: range.from, to: range.to },
      inputs: [all.input],
      title: `TRIM _[${told}]`,
      telling: trimTelling(range),
    });
    return {
      input: { role: 'operand', from: 'template', template: id },
      recipe: recipeOfPart(all.recipe, range),
    };
  };

  for (const work of stages) {
    const inputs = work.sources.map((source) => input(source, work));
    const telling = tellingOf(work);
    const args = work.args!;
    const id = add({
      ...blank(work),
      operation: work.operation.verb.toLowerCase(),
      version: work.operation.versionOf?.(args) ?? work.operation.version,
      arguments: args,
      inputs: [
        ...inputs.map((each) => each.input),
        ...work.extras.map(({ role, known }) => maker.artifact(role, known)),
      ],
      models: [...work.models],
      lane: work.operation.lane(args),
      gives: work.operation.gives,
      title: titleOf(work),
      predicted: work.predicted,
      telling,
    });
    last = recipeOfStage(
      telling,
      inputs.map((each) => each.recipe),
    );
    made.set(work, { id, recipe: last });
    for (const effect of effectsOf(work)) {
      add({
        ...blank(work),
        operation: effect.operation,
        version: 1,
        arguments: effect.args,
        inputs: [{ role: 'operand', from: 'template', template: id }],
        lane: effect.operation === 'export' ? 'cpu' : 'net',
        gives: null,
        effect: true,
        title: effect.title,
        predicted: null,
        telling: tellsNothing,
      });
    }
  }
  return { templates, last };
}

function blank(work: WorkStage) {
  return {
    models: [],
    lane: 'cpu' as const,
    gives: 'video' as const,
    effect: false,
    name: null,
    statement: work.statement,
    predicted: null,
    ...(work.throttle === null ? {} : { throttle: work.throttle }),
  };
}

function trimTelling({ from, to }: { from: number; to: number | null }): Telling {
  return {
    verb: 'TRIM',
    prompt: null,
    clauses: [`FROM ${time.print(from)}`, ...(to === null ? [] : [`UNTIL ${time.print(to)}`])],
    lines: [],
  };
}
