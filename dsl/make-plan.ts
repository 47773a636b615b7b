import type { Script, Stage } from './ast.ts';
import { frameStep } from './frame-step.ts';
import type { JsonObject } from './json.ts';
import { neededFor } from './needed-for.ts';
import { trim } from './operations/trim.ts';
import type { Plan, Step, StepInput, StepWords } from './plan.ts';
import { growthOf, type MadeInput } from './plan-growth.ts';
import { print, printOperand, printStage } from './print.ts';
import {
  type Recipe,
  recipeOfItem,
  recipeOfKnown,
  recipeOfList,
  recipeOfPart,
  recipeOfReduction,
  recipeOfStage,
  recipeText,
  tellingOf,
} from './recipe.ts';
import type { ResolvedStatement, Source, WorkStage } from './resolved.ts';
import { bare, effectsOf, titleOf } from './stage-effects.ts';
import type { Known } from './world.ts';

/** Turns checked stages into steps in topological order: ranges become TRIM, TO becomes export and deliver, NOTIFY becomes notify. Equal steps
 * become one. Of equal scripts and worlds, equal plans. */
export function makePlan(statements: readonly ResolvedStatement[], source: string): Plan {
  const builder = builderOf();
  for (const { work } of statements) {
    for (const stage of work) builder.add(stage);
  }
  return { source, steps: builder.steps };
}

/** The plan of one statement with everything of the script that it needs; only its own effects. */
export function makePlanOf(statement: ResolvedStatement, source: string): Plan {
  const builder = builderOf();
  const own = new Set(statement.work);
  for (const stage of neededFor(statement.work)) builder.add(stage, { effects: own.has(stage) });
  return { source, steps: builder.steps };
}

/** The canonical text of a script. */
export function sourceOf(script: Script): string {
  return print(script);
}

/** A step and how it is told. */
interface Made {
  step: Step;
  recipe: Recipe;
}

interface Builder {
  steps: Step[];
  add(work: WorkStage, options?: { effects: boolean }): void;
}

function builderOf(): Builder {
  const steps: Step[] = [];
  const byWork = new Map<string, { first: Made; unnamed: Made | null }>();
  const made = new Map<WorkStage, Made>();
  /** By the stage that makes the list: what MAP makes of each, told with `_`. */
  const mapped = new Map<WorkStage, Recipe>();

  /** Adds a step, or finds the one that does the same work already. Two names cannot share a step, since each must come to stand for it. */
  const share = (step: Omit<Step, 'id'>, recipe: () => Recipe): Made => {
    // The arguments of one operation are always built in the same order, so that plain JSON is canonical enough here.
    const work = `${step.operation} ${step.version} ${JSON.stringify(step.arguments)} ${step.models
      .map(({ digest }) => digest)
      .join()} ${step.inputs.map(keyOf).join()}`;
    // What grows is the statement's own, however often the list itself is asked for.
    const key = step.grows === undefined ? work : `${work} ${steps.length}`;
    const equal = byWork.get(key);
    // Names are unique in a script, so a named step can only take over one that has no name yet.
    const there = step.name === null ? equal?.first : equal?.unnamed;
    if (equal !== undefined && there) {
      if (step.name !== null) equal.unnamed = null;
      there.step.name ??= step.name;
      const { statement, also = [] } = there.step;
      if (step.statement !== statement && !also.includes(step.statement))
        there.step.also = [...also, step.statement];
      return there;
    }
    const told = recipe();
    const added = { step: { id: `s${steps.length + 1}`, ...step, recipe: recipeText(told) }, recipe: told };
    steps.push(added.step);
    if (equal === undefined) byWork.set(key, { first: added, unnamed: step.name === null ? added : null });
    return added;
  };

  const whole = ({ origin }: Source): MadeInput => {
    switch (origin.type) {
      case 'known':
        return {
          input: artifact('operand', origin.known),
          recipe: recipeOfKnown(origin.known, origin.label),
        };
      case 'each': {
        const { step } = made.get(origin.set.list)!;
        return { input: { role: 'operand', from: 'each', step: step.id }, recipe: recipeOfItem };
      }
      default: {
        const before = made.get((origin as { stage: WorkStage }).stage)!;
        return { input: { role: 'operand', from: 'step', step: before.step.id }, recipe: before.recipe };
      }
    }
  };

  const input = (source: Source, work: WorkStage): MadeInput => {
    const { range } = source;
    const all = whole(source);
    const frame = frameStep(source, work);
    if (frame !== null) {
      const { step } = share(
        {
          ...frame,
          inputs: [all.input],
          models: [],
          effect: false,
          name: null,
          statement: work.statement,
          recipe: '',
          ...(work.throttle === null ? {} : { throttle: work.throttle }),
        },
        () => (range === null ? all.recipe : recipeOfPart(all.recipe, range)),
      );
      // The range is told by what begins with it.
      return { input: { role: 'operand', from: 'step', step: step.id }, recipe: all.recipe };
    }
    if (range === null || work.operation.cuts === true) return all;
    const cut = trimStage(source, work);
    const part = share(
      {
        operation: 'trim',
        version: trim.version,
        arguments: { from: range.from, to: range.to },
        inputs: [all.input],
        models: [],
        lane: 'cpu',
        gives: 'video',
        effect: false,
        name: null,
        statement: work.statement,
        title: printStage(cut),
        recipe: '',
        predicted: source.facts,
        ...(work.throttle === null ? {} : { throttle: work.throttle }),
        words: wordsOf(cut),
      },
      () => recipeOfPart(all.recipe, range),
    );
    return { input: { role: 'operand', from: 'step', step: part.step.id }, recipe: part.recipe };
  };

  const effect = (work: WorkStage, on: Made, operation: string, args: JsonObject, title: string): Made => {
    const before: StepInput = { role: 'operand', from: 'step', step: on.step.id };
    return share(
      {
        operation,
        version: 1,
        arguments: args,
        inputs: [before],
        models: [],
        lane: operation === 'export' ? 'cpu' : 'net',
        gives: null,
        effect: true,
        name: null,
        statement: work.statement,
        title,
        recipe: '',
        predicted: null,
        ...(work.throttle === null ? {} : { throttle: work.throttle }),
      },
      () => on.recipe,
    );
  };

  /** How a list is told, and what grows of it. */
  const listOf = (work: WorkStage) => {
    const finder = (work.sources[0]!.origin as { stage: WorkStage }).stage;
    const clip = input(finder.sources[0]!, finder);
    const { head, rest } = work.asked!;
    const [operand] = finder.stage.operands;
    const label = printOperand(operand!);
    const named = operand!.range === null ? label : `(TRIM ${label})`;
    return {
      clip,
      label: named,
      recipe: recipeOfList(head, clip.recipe, rest),
      title: [head, label, rest].join(' ').trim(),
    };
  };

  return {
    steps,
    add(work, { effects } = { effects: true }) {
      // Done with each thing in a list, once it is there: part of what grows.
      if (work.perItem) return;
      const inputs = work.sources.map((source) => input(source, work));
      const args = work.args!;
      const list = work.asked === null ? null : listOf(work);
      const grown = work.grows === null ? null : growthOf(work.grows, list!, { input, artifact });
      const result = share(
        {
          operation: work.asked === null ? work.operation.verb.toLowerCase() : 'select',
          version: work.operation.versionOf?.(args) ?? work.operation.version,
          arguments: args,
          inputs: [
            ...inputs.map((each) => each.input),
            ...work.extras.map(({ role, known }) => artifact(role, known)),
          ],
          models: [...work.models],
          lane: work.operation.lane(args),
          gives: work.operation.gives,
          effect: false,
          name: work.stage.as?.text ?? null,
          statement: work.statement,
          title: list?.title ?? titleOf(work),
          recipe: '',
          predicted: work.predicted,
          ...(work.throttle === null ? {} : { throttle: work.throttle }),
          ...(grown === null ? {} : { grows: grown.growth }),
          ...(inputs.length === 1 && work.operation.takes.what === 'media'
            ? { words: wordsOf(bare(work), work.fed) }
            : {}),
        },
        () =>
          list?.recipe ??
          recipeOf(
            work,
            inputs.map((each) => each.recipe),
          ),
      );
      made.set(work, result);
      if (grown !== null) mapped.set(work, grown.mapped);
      if (!effects) return;
      for (const { operation, args, title } of effectsOf(work)) effect(work, result, operation, args, title);
    },
  };

  function recipeOf(work: WorkStage, inputs: readonly Recipe[]): Recipe {
    // A verb that cuts ranges itself is told like any range.
    const range = work.operation.cuts === true ? (work.sources[0]?.range ?? null) : null;
    if (range !== null) return recipeOfPart(inputs[0]!, range);
    const own = recipeOfStage(tellingOf(work), inputs);
    const each = work.sources.flatMap(({ origin }) => (origin.type === 'each' ? [origin.set.list] : []))[0];
    return each === undefined ? own : recipeOfReduction(made.get(each)!.recipe, mapped.get(each)!, own);
  }
}

function artifact(role: string, { hash, kind, facts }: Known): StepInput {
  return { role, from: 'artifact', hash, kind, facts };
}

function keyOf(input: StepInput): string {
  const { role } = input;
  return input.from === 'artifact' ? `${role}:${input.hash}` : `${role}:${input.from} ${input.step}`;
}

/** The stage in two pieces; a range is told with TRIM, not with what is cut. */
function wordsOf(stage: Stage, fed: string | null = null): StepWords {
  const operand = fed ?? stage.operands.map((each) => printOperand({ ...each, range: null })).join(' + ');
  return { piped: printStage({ ...stage, operands: [] }), operand };
}

/** The title of a range: `TRIM v3[2s..6s]`. */
function trimStage(source: Source, { stage }: WorkStage): Stage {
  const operand = stage.operands.find(({ range }) => range !== null && range.span === source.range!.span)!;
  return {
    type: 'stage',
    verb: { text: 'TRIM', span: operand.span },
    subject: [],
    operands: [operand],
    clauses: [],
    to: null,
    as: null,
    span: operand.span,
  };
}
