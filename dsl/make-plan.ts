import type { Script, Stage } from './ast.ts';
import type { JsonObject } from './json.ts';
import { neededFor } from './needed-for.ts';
import { trim } from './operations/trim.ts';
import type { Plan, Step, StepInput } from './plan.ts';
import { print, printStage } from './print.ts';
import { type Recipe, recipeOfKnown, recipeOfPart, recipeOfStage, recipeText } from './recipe.ts';
import type { ResolvedStatement, Source, WorkStage } from './resolved.ts';
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

  /** Adds a step, or finds the one that does the same work already. Two names cannot share a step, since each must come to stand for it. */
  const share = (step: Omit<Step, 'id'>, recipe: () => Recipe): Made => {
    // The arguments of one operation are always built in the same order, so that plain JSON is canonical enough here.
    const key = `${step.operation} ${step.version} ${JSON.stringify(step.arguments)} ${step.models
      .map(({ digest }) => digest)
      .join()} ${step.inputs.map(keyOf).join()}`;
    const equal = byWork.get(key);
    // Names are unique in a script, so a named step can only take over one that has no name yet.
    const there = step.name === null ? equal?.first : equal?.unnamed;
    if (equal !== undefined && there) {
      if (step.name !== null) equal.unnamed = null;
      there.step.name ??= step.name;
      return there;
    }
    const told = recipe();
    const added = { step: { id: `s${steps.length + 1}`, ...step, recipe: recipeText(told) }, recipe: told };
    steps.push(added.step);
    if (equal === undefined) byWork.set(key, { first: added, unnamed: step.name === null ? added : null });
    return added;
  };

  const input = (source: Source, work: WorkStage): { input: StepInput; recipe: Recipe } => {
    const { origin, range } = source;
    const whole = ((): { input: StepInput; recipe: Recipe } => {
      if (origin.type === 'known') {
        return {
          input: artifact('operand', origin.known),
          recipe: recipeOfKnown(origin.known, origin.label),
        };
      }
      const before = made.get((origin as { stage: WorkStage }).stage)!;
      return { input: { role: 'operand', from: 'step', step: before.step.id }, recipe: before.recipe };
    })();
    if (range === null || work.operation.cuts === true) return whole;
    const part = share(
      {
        operation: 'trim',
        version: trim.version,
        arguments: { from: range.from, to: range.to },
        inputs: [whole.input],
        models: [],
        lane: 'cpu',
        gives: 'video',
        effect: false,
        name: null,
        statement: work.statement,
        title: printStage(trimStage(source, work)),
        recipe: '',
        predicted: source.facts,
      },
      () => recipeOfPart(whole.recipe, range),
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
      },
      () => on.recipe,
    );
  };

  return {
    steps,
    add(work, { effects } = { effects: true }) {
      const inputs =
        work.operation.takes.what === 'media' ? work.sources.map((source) => input(source, work)) : [];
      const args = work.args!;
      const result = share(
        {
          operation: work.operation.verb.toLowerCase(),
          version: work.operation.version,
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
          title: printStage(bare(work)),
          recipe: '',
          predicted: work.predicted,
        },
        () =>
          recipeOf(
            work,
            inputs.map((each) => each.recipe),
          ),
      );
      made.set(work, result);
      if (!effects) return;
      const { to } = work.stage;
      if (to !== null) {
        const path = to.path.value;
        effect(work, result, 'export', { path, overwrite: to.overwrite }, `TO ${path}`);
        if (to.url !== null)
          effect(work, result, 'deliver', { url: to.url.value }, `TO ${path} ? ${to.url.value}`);
      }
      if (work.notify !== null) effect(work, result, 'notify', { url: work.notify }, `NOTIFY ${work.notify}`);
    },
  };
}

/** A verb that cuts ranges itself is told like any range. */
function recipeOf(work: WorkStage, inputs: readonly Recipe[]): Recipe {
  const range = work.operation.cuts === true ? (work.sources[0]?.range ?? null) : null;
  return range === null ? recipeOfStage(work, inputs) : recipeOfPart(inputs[0]!, range);
}

function artifact(role: string, { hash, kind, facts }: Known): StepInput {
  return { role, from: 'artifact', hash, kind, facts };
}

function keyOf(input: StepInput): string {
  return `${input.role}:${input.from === 'step' ? input.step : input.hash}`;
}

/** The stage without what is not its own work: TO, AS, NOTIFY. */
function bare({ stage, notify, written }: WorkStage): Stage {
  const clauses =
    notify === null ? stage.clauses : stage.clauses.filter((clause) => clause !== written.get('NOTIFY'));
  return { ...stage, clauses, to: null, as: null };
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
