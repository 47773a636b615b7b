import type { JsonObject } from './json.ts';
import { trim } from './operations/trim.ts';
import { placedPath } from './placed.ts';
import type { Growth, Step, StepInput, Template, TemplateInput } from './plan.ts';
import { type Recipe, recipeOfPart, recipeOfStage, recipeText } from './recipe.ts';
import { time } from './values/quantities.ts';

/** A thing in a list, by the fields of its collection: `from` and `until`, in seconds, say which part of the clip it is. */
export type ListItem = JsonObject & { from: number; until: number };

export interface Grown {
  steps: Step[];
  /** What comes of each thing in the list, in its order: ids of steps. */
  results: string[];
}

/** The steps that a plan grows by once a list is there: each part is cut out and what MAP says is done with it; then what REDUCE BY makes of those
 * that have the field in common. Ids begin with that of the step that made the list, so that growing twice gives the same. Pure. */
export function grow(growth: Growth, list: string, items: readonly ListItem[]): Grown {
  const steps: Step[] = [];
  const told = new Map<string, Recipe>();
  const add = (step: Omit<Step, 'recipe'>, recipe: Recipe): string => {
    steps.push({ ...step, recipe: recipeText(recipe) });
    told.set(step.id, recipe);
    return step.id;
  };
  const results = items.map((found, index) => {
    const item = { ...found, from: begin(found.from), until: begin(found.until) };
    const id = `${list}.${index + 1}`;
    const part = add(
      partStep(growth, id, item),
      recipeOfPart(growth.recipe, { from: item.from, to: item.until }),
    );
    const fields = { ...item, n: index + 1 };
    return instantiate(growth.each, id, [part], fields, told, growth.recipe, add) ?? part;
  });
  const finish = (all: readonly string[]): Grown => {
    const { most, steps: effects } = growth.first ?? { most: 0, steps: [] };
    for (const id of all.slice(0, most)) instantiate(effects, id, [id], {}, told, growth.recipe, add);
    return { steps, results: [...all] };
  };
  if (growth.groups === null) return finish(results);
  const { by, steps: templates } = growth.groups;
  const groups = new Map<string, { value: JsonObject[string]; members: string[] }>();
  for (const [index, item] of items.entries()) {
    const value = item[by] ?? null;
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { value, members: [] };
    group.members.push(results[index]!);
    groups.set(key, group);
  }
  const reduced = [...groups.values()].flatMap(({ value, members }, index) => {
    const fields = { [by]: value, n: index + 1 };
    return instantiate(templates, `${list}.by${index + 1}`, members, fields, told, growth.recipe, add) ?? [];
  });
  return finish(reduced);
}

/** Cut, not rounded, to the millisecond: a part is the frames whose time is in [from, until), so it has the same frames, and reads better. */
function begin(seconds: number): number {
  return Math.floor(seconds * 1000 + 1e-6) / 1000;
}

/** Makes steps of templates; returns the last that is no effect. */
function instantiate(
  templates: readonly Template[],
  prefix: string,
  members: readonly string[],
  fields: JsonObject,
  told: ReadonlyMap<string, Recipe>,
  fallback: Recipe,
  add: (step: Omit<Step, 'recipe'>, recipe: Recipe) => string,
): string | null {
  let last: string | null = null;
  for (const { id: template, telling, inputs, ...rest } of templates) {
    const read = inputs.flatMap((input) => inputsOf(input, prefix, members));
    const recipes = read
      .filter(({ role }) => role === 'operand')
      .map((input) => (input.from === 'artifact' ? fallback : (told.get(input.step) ?? fallback)));
    const recipe = recipeOfStage(telling, recipes);
    const path = rest.arguments.path;
    const args =
      rest.effect && typeof path === 'string'
        ? { ...rest.arguments, path: placedPath(path, fields) }
        : rest.arguments;
    const title = rest.effect ? placedPath(rest.title, fields) : rest.title;
    const words = read.length === 1 && !rest.effect ? { words: { piped: title, operand: '' } } : {};
    const id = add(
      { ...rest, id: `${prefix}.${template}`, inputs: read, arguments: args, title, ...words },
      recipe,
    );
    if (!rest.effect) last = id;
  }
  return last;
}

function inputsOf(input: TemplateInput, prefix: string, members: readonly string[]): StepInput[] {
  const { role } = input;
  if (input.from === 'item') return members.map((step) => ({ role, from: 'step', step }));
  return [input.from === 'template' ? { role, from: 'step', step: `${prefix}.${input.template}` } : input];
}

function partStep(growth: Growth, id: string, { from, until }: ListItem): Omit<Step, 'recipe'> {
  return {
    id,
    operation: 'trim',
    version: trim.version,
    arguments: { from, to: until },
    inputs: [growth.whole],
    models: [],
    lane: 'cpu',
    gives: 'video',
    effect: false,
    name: null,
    statement: growth.statement,
    title: `TRIM ${growth.label}[${time.print(from)}..${time.print(until)}]`,
    predicted: null,
    words: { piped: '', operand: growth.label },
    ...(growth.throttle === null ? {} : { throttle: growth.throttle }),
  };
}
