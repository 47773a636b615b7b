import type { Clause, Value } from './ast.ts';
import { parseRecipe } from './parse-recipe.ts';
import { printClause, printText } from './print.ts';
import type { WorkStage } from './resolved.ts';
import { sourceClause } from './source-clause.ts';
import { time } from './values/quantities.ts';
import { version } from './version.ts';
import type { Known } from './world.ts';

/** A recipe in the making. */
export interface Recipe {
  /** Canonical PQL of one statement; null for a file that nothing here made. */
  body: string | null;
  /** A file's base name, in quotes. */
  source: string | null;
  /** How many stages it tells, one after the other. */
  stages: number;
  /** Comment lines, each once: seeds, engines, networks. */
  lines: readonly string[];
}

/** A recipe that grew beyond this is told from its last stages on, with what came before as a file: chains of thousands of stages would
 * otherwise cost by their square, and files are no place for a novel. */
const longest = { characters: 32_768, stages: 64 };
const mostLines = 32;

/** The text that goes into the file: the statement, then the comments. It parses again. */
export function recipeText({ body, source, lines }: Recipe): string {
  const comments = lines.length === 0 ? [`-- watchai ${version}`] : lines;
  return [body ?? source ?? '', ...comments].join('\n');
}

/** The recipe of media that is there already: its own, or its base name. */
export function recipeOfKnown(known: Known, label: string): Recipe {
  const own = known.recipe === null ? null : parseRecipe(known.recipe);
  if (own !== null)
    return { body: own.body, source: null, stages: own.body.split(' | ').length, lines: own.lines };
  return { body: null, source: printText(baseName(label)), stages: 0, lines: [] };
}

/** The recipe of a part: `TRIM "clip.mp4"[2s..6s]`, or a pipe into TRIM. */
export function recipeOfPart(input: Recipe, { from, to }: { from: number; to: number | null }): Recipe {
  const { body, source, stages, lines } = shortened(input);
  const [begin, end] = [time.print(from), to === null ? null : time.print(to)];
  if (body === null) {
    return {
      body: `TRIM ${source}${rangeText({ from, to })}`,
      source: null,
      stages: 1,
      lines,
    };
  }
  return {
    body: `${body} | TRIM FROM ${begin}${end === null ? '' : ` UNTIL ${end}`}`,
    source: null,
    stages: stages + 1,
    lines,
  };
}

/** `[2s..6s]`, `[..6s]`, `[2s..]`. */
function rangeText({ from, to }: { from: number; to: number | null }): string {
  const begin = from === 0 && to !== null ? '' : time.print(from);
  return `[${begin}..${to === null ? '' : time.print(to)}]`;
}

/** What a stage says of itself in a recipe, before it is known what it is made from. */
export interface Telling {
  verb: string;
  /** Canonical; null for what is made from clips. */
  prompt: string | null;
  clauses: readonly string[];
  /** Of the clip that a described work begins with: the part whose last frame is meant, where it is not all of it. */
  range?: { from: number; to: number | null };
  /** Comment lines of its own. */
  lines: readonly string[];
}

/** What adds nothing to the recipe of what it reads: an effect, a frame of a clip. */
export const tellsNothing: Telling = { verb: '', prompt: null, clauses: [], lines: [] };

export function tellingOf(work: WorkStage): Telling {
  const { operation, args } = work;
  const own = [
    ...(operation.credits?.(args!) ?? []),
    ...work.models.map((model) => `model ${model.name} ${model.digest.slice(0, 12)}`),
  ];
  const described = operation.takes.what === 'prompt';
  const range = described ? work.sources[0]?.range : null;
  return {
    verb: operation.verb,
    prompt: described ? printText(work.prompt ?? '') : null,
    clauses: clausesOf(work),
    ...(range ? { range: { from: range.from, to: range.to } } : {}),
    lines: own.length === 0 ? [] : [`-- watchai ${version} · ${own.join(' · ')}`],
  };
}

/** The recipe of a stage from those of its inputs: one is piped, several are nested, names and TO are left out. */
export function recipeOfStage(telling: Telling, inputs: readonly Recipe[]): Recipe {
  if (telling.verb === '') return inputs[0]!;
  const parts: string[] = [telling.verb];
  let lines: readonly string[] = [];
  let before = '';
  let stages = 0;
  if (telling.prompt !== null) {
    parts.push(telling.prompt);
    for (const input of inputs.slice(0, 1).map((each) => shortened(each))) {
      const part = telling.range === undefined ? '' : rangeText(telling.range);
      if (input.body === null) parts.push(`FROM ${input.source}${part}`);
      else if (part === '') before = `${input.body} | `;
      else parts.push(`FROM (${input.body})${part}`);
      ({ lines, stages } = input);
    }
  } else if (inputs.length === 1 && inputs[0]!.body !== null) {
    const input = shortened(inputs[0]!);
    if (input.body === null) parts.push(input.source!);
    else before = `${input.body} | `;
    ({ lines, stages } = input);
  } else {
    const total = inputs.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
    const share = total <= longest.characters ? longest.characters : longest.characters / inputs.length;
    const told = inputs.map((input) => shortened(input, share));
    stages = Math.max(...told.map((each) => each.stages));
    parts.push(told.map(({ body, source }) => (body === null ? source : `(${body})`)).join(' + '));
    lines = [...new Set(told.flatMap((each) => each.lines))];
  }
  parts.push(...telling.clauses);
  return {
    body: before + parts.join(' '),
    source: null,
    stages: stages + 1,
    lines: [...new Set([...telling.lines, ...lines])].slice(0, mostLines),
  };
}

/** The recipe of what a list is made of, `FROM SHOTS OF "film.mp4" WHERE motion > 2`: `head` and `rest` are what stands around the clip. */
export function recipeOfList(head: string, input: Recipe, rest: string): Recipe {
  const { body, source, stages, lines } = shortened(input);
  return {
    body: [`${head} ${body === null ? source : `(${body})`}`, ...(rest === '' ? [] : [rest])].join(' '),
    source: null,
    stages: stages + 1,
    lines,
  };
}

/** What MAP and REDUCE work on, in their own recipes. */
export const recipeOfItem: Recipe = { body: null, source: '_', stages: 0, lines: [] };

/** The recipe of what REDUCE makes of a list: the list's own, what MAP makes of each `_`, and what REDUCE makes of all. */
export function recipeOfReduction(list: Recipe, mapped: Recipe, reduced: Recipe): Recipe {
  return {
    body: [
      list.body,
      ...(mapped.body === null ? [] : [`MAP ( ${mapped.body} )`]),
      `REDUCE ${reduced.body}`,
    ].join(' | '),
    source: null,
    stages: list.stages + mapped.stages + 1,
    lines: [...new Set([...list.lines, ...mapped.lines, ...reduced.lines])].slice(0, mostLines),
  };
}

/** Every clause that decides the result: as written, then defaults and what the operation chose. Files by their base name. */
function clausesOf({ operation, written, args, extras }: WorkStage): string[] {
  const texts: string[] = [];
  // What it begins with is told by the recipe of that.
  const source = sourceClause(operation)?.word;
  for (const [word, clause] of written) {
    if (word !== 'NOTIFY' && word !== source)
      texts.push(printClause(extras.length === 0 ? clause : withBaseNames(clause)));
  }
  const chosen: Record<string, string> = { ...operation.spelled?.(args!) };
  for (const [word, spec] of Object.entries(operation.clauses)) {
    if (spec.default !== null) chosen[word] ??= spec.type.print(spec.default);
  }
  for (const [word, text] of Object.entries(chosen)) {
    if (!written.has(word)) texts.push(`${word} ${text}`);
  }
  return texts;
}

function withBaseNames(clause: Clause): Clause {
  return { ...clause, values: clause.values.map(baseNamed) };
}

function baseNamed(value: Value): Value {
  if (value.type === 'path' || value.type === 'text')
    return { type: 'text', value: baseName(value.value), span: value.span };
  if (value.type !== 'settings') return value;
  return {
    ...value,
    settings: value.settings.map((setting) => ({
      ...setting,
      value: setting.value === null ? null : baseNamed(setting.value),
    })),
  };
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** What stands for all that is not told. */
const earlier = 'earlier.mp4';

/** Whether a recipe leaves out how something began. */
export function isShortened(recipe: string): boolean {
  return recipe.includes(printText(earlier));
}

function shortened(recipe: Recipe, characters = longest.characters): Recipe {
  if (recipe.body === null || (recipe.body.length <= characters && recipe.stages < longest.stages))
    return recipe;
  return {
    body: null,
    source: printText(earlier),
    stages: 0,
    lines: [
      ...recipe.lines.slice(0, mostLines - 1),
      `-- ${earlier} has a recipe of its own, too long to be told here`,
    ],
  };
}
