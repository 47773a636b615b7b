import { keyword } from '../grammar/keyword.ts';
import type { Clause, Stage, Value } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Command } from './compiled.ts';
import type { Diagnostic } from './diagnostic.ts';
import { identifier } from './identifier.ts';
import type { Json, JsonObject } from './json.ts';
import type { CommandOperation, Variant } from './operation.ts';
import { printStage, printText } from './print.ts';
import { forms } from './query/forms.ts';
import { readCount } from './query/read-query.ts';
import { type ReadClauses, readClauses } from './read-clauses.ts';
import { readSetting } from './read-setting.ts';
import { statedTwice } from './rules/clauses-once.ts';
import { suggest } from './suggest.ts';
import { noClause, unknownVariant } from './unknown-shape.ts';
import type { World } from './world.ts';

/** Reads a statement that is answered at once. Null after a diagnostic. */
export function resolveCommand(
  stage: Stage,
  operation: CommandOperation,
  catalogue: Catalogue,
  world: World,
  diagnostics: Diagnostic[],
): Command | null {
  if (operation.settings) {
    const said = readSetting(stage, world, diagnostics);
    return (
      said && {
        ...finish(stage, operation, '', said),
        text: `${operation.verb} ${said.name} ${word(said.value)}`,
      }
    );
  }
  const variant = variantOf(stage, operation);
  if (variant === null) {
    diagnostics.push(unknownVariant(stage, operation));
    return null;
  }
  const paged = variant.pages ? stage.clauses.find(({ word }) => keyword(word.text) === 'PAGE') : undefined;
  const own = stage.clauses.filter(
    (clause) => keyword(clause.word.text) !== variant.clause && clause !== paged,
  );
  const clauses = readClauses({ verb: stage.verb, clauses: own }, { clauses: variant.clauses ?? {} }, {});
  const { strange } = clauses;
  for (const clause of strange) diagnostics.push(noClause(clause, operation, variant, catalogue));
  const before = diagnostics.length;
  diagnostics.push(...clauses.repeated.map(statedTwice), ...clauses.problems);
  const said = saidIn(stage, variant);
  const args = readTarget(stage, operation, variant, said, catalogue, world, diagnostics);
  const page: JsonObject = paged === undefined ? {} : { page: readPage(paged, diagnostics) };
  if (strange.length > 0 || diagnostics.length > before) return null;
  if (args === null) return null;
  const given = Object.entries(clauses.given).map(([word, value]) => [word.toLowerCase(), value as Json]);
  return {
    ...finish(stage, operation, variant.name, { ...args, ...page, ...Object.fromEntries(given) }),
    text: [
      printStage({ ...stage, clauses: stage.clauses.filter((each) => !own.includes(each)) }),
      ...spelled(clauses, variant),
    ].join(' '),
  };
}

function readPage({ word, values }: Clause, diagnostics: Diagnostic[]): number | null {
  const [value] = values;
  if (value?.type === 'number' && values.length === 1) return readCount(value, 'PAGE', diagnostics);
  diagnostics.push({
    code: 'PQL228',
    message: 'PAGE needs a number',
    span: value?.span ?? word.span,
    hint: 'write PAGE 2',
  });
  return null;
}

/** What was said behind it, in the one spelling of its types. */
function spelled({ written, given }: ReadClauses, { clauses = {} }: Variant): string[] {
  return [...written.keys()].map((word) => `${word} ${clauses[word]!.type.print(given[word])}`.trimEnd());
}

/** A word as it is where it can stand bare, else in quotes. */
function word(value: string): string {
  return /^[\w.+-]+$/.test(value) ? value : printText(value);
}

function finish(stage: Stage, operation: CommandOperation, subject: string, args: JsonObject): Command {
  return {
    operation: operation.verb.toLowerCase(),
    subject,
    arguments: args,
    destructive: operation.destructive,
    text: printStage(stage),
  };
}

function variantOf(stage: Stage, operation: CommandOperation): Variant | null {
  const words = stage.subject.map(({ text }) => keyword(text)).join(' ');
  return operation.variants.find(({ subject }) => subject.join(' ') === words) ?? null;
}

/** Values between verb and end, wherever this shape has them; its clause's own word is none: FIND PIPELINES GROUP BY group_id. */
function saidIn(stage: Stage, variant: Variant): Value[] {
  const operands = stage.operands.flatMap(({ value }) =>
    value.type === 'pipeline' || (value.type === 'reference' && keyword(value.name) === variant.clause)
      ? []
      : [value],
  );
  const clauses = stage.clauses.filter(({ word }) => keyword(word.text) === variant.clause);
  return [...operands, ...clauses.flatMap(({ values }) => values)];
}

function readTarget(
  stage: Stage,
  operation: CommandOperation,
  variant: Variant,
  said: readonly Value[],
  catalogue: Catalogue,
  world: World,
  diagnostics: Diagnostic[],
): JsonObject | null {
  const { takes } = variant;
  const shape = [operation.verb, ...variant.subject].join(' ');
  const most = takes?.max ?? 0;
  if (said.length > most) {
    const bare = bareClause(said[most]!, variant);
    if (bare !== null) {
      diagnostics.push(bare);
      return null;
    }
    diagnostics.push({
      code: 'PQL229',
      message: most === 0 ? `${shape} takes nothing more` : `${shape} takes ${takes!.noun}, no more`,
      span: said[most]!.span,
      hint: 'leave this out, or end the statement with ; before it',
    });
    return null;
  }
  if (takes === null) return {};
  const [value] = said;
  if (value === undefined) {
    if (takes.min === 0) return takes.what === 'verb' ? { verb: null } : {};
    diagnostics.push({
      code: 'PQL228',
      message: `${shape} needs ${takes.noun}`,
      span: stage.verb.span,
      hint: `write ${shape} ${takes.usage}`,
    });
    return null;
  }
  switch (takes.what) {
    case 'verb':
      return readVerb(value, catalogue, diagnostics);
    case 'source':
      return readSource(value, takes.noun, world, diagnostics);
    case 'prompt':
      if (value.type === 'text') return { text: value.value };
      diagnostics.push(
        wrong(value, shape, takes.noun, value.type === 'reference' ? `"${value.name}"` : null),
      );
      return null;
    default:
      return readId(value, shape, variant, operation, world, diagnostics);
  }
}

/** A clause word without a value is read as an operand. */
function bareClause(value: Value, { clauses = {} }: Variant): Diagnostic | null {
  const word = value.type === 'reference' ? keyword(value.name) : '';
  if (value.type !== 'reference' || !Object.hasOwn(clauses, word)) return null;
  const { type } = clauses[word]!;
  return {
    code: 'PQL223',
    message: `${word} needs a value`,
    span: value.span,
    expected: type.expected,
    fix: { span: value.span, text: `${word} ${type.usage}` },
  };
}

function readVerb(value: Value, catalogue: Catalogue, diagnostics: Diagnostic[]): JsonObject | null {
  const name =
    value.type === 'reference' || value.type === 'text' || value.type === 'path' ? textOf(value) : '';
  const verb = keyword(name);
  const others = ['EXPLAIN', ...forms.map((form) => form.verb)];
  if (catalogue.has(verb) || others.includes(verb)) return { verb };
  const near = suggest(name, [...catalogue.keys(), ...others]);
  diagnostics.push({
    code: 'PQL301',
    message: `there is no verb ${name}`.trim(),
    span: value.span,
    ...(near === null
      ? { hint: 'HELP lists the verbs' }
      : { hint: `did you mean ${near}?`, fix: { span: value.span, text: near } }),
  });
  return null;
}

function readSource(value: Value, noun: string, world: World, diagnostics: Diagnostic[]): JsonObject | null {
  const source = textOf(value);
  if (value.type !== 'text' && value.type !== 'path' && value.type !== 'reference') {
    diagnostics.push(wrong(value, 'RECIPE OF', noun, null));
    return null;
  }
  const known = value.type === 'reference' ? world.media.get(source.toLowerCase()) : world.files.get(source);
  if (known && !('problem' in known)) return { source, hash: known.hash, recipe: known.recipe };
  diagnostics.push({
    code: value.type === 'reference' ? 'PQL303' : known?.family === 5 ? 'PQL501' : 'PQL420',
    message:
      known?.problem ??
      (value.type === 'reference' ? `nothing is called ${source}` : 'there is no such file'),
    span: value.span,
    hint: known?.hint ?? 'name a file in quotes, or an id such as v12',
  });
  return null;
}

function readId(
  value: Value,
  shape: string,
  variant: Variant,
  operation: CommandOperation,
  world: World,
  diagnostics: Diagnostic[],
): JsonObject | null {
  if (value.type !== 'reference' && !(value.type === 'text' && variant.letters === null)) {
    diagnostics.push(wrong(value, shape, variant.takes!.noun, null));
    return null;
  }
  const name = textOf(value);
  const id = identifier(name);
  if (variant.letters !== null && (id === null || !variant.letters.includes(id.letter))) {
    diagnostics.push({
      code: 'PQL315',
      message: `${shape} wants ${variant.takes!.noun}`,
      span: value.span,
      found: id === null ? `the name ${name}` : id.noun,
      expected: `an id such as ${variant.letters.map((letter) => `${letter}7`).join(' or ')}`,
      hint: variant.letters.includes('g')
        ? 'SHOW GROUPS lists the groups'
        : variant.letters.includes('r')
          ? 'SHOW REQUESTS lists the requests'
          : 'SHOW JOBS lists the jobs',
    });
    return null;
  }
  const media = id === null || ['v', 'i', 'a', 't'].includes(id.letter);
  // What is to be removed has to be there; FIND answers politely in either case.
  if (operation.destructive && media && !world.media.get(name.toLowerCase())) {
    const near = suggest(name, world.names);
    diagnostics.push({
      code: 'PQL303',
      message: id === null ? `nothing is called ${name}` : `there is no ${name} in this workspace`,
      span: value.span,
      ...(near === null
        ? { hint: 'SHOW VIDEOS lists the clips' }
        : { hint: `did you mean ${near}?`, fix: { span: value.span, text: near } }),
    });
    return null;
  }
  return { target: id === null ? name : name.toLowerCase() };
}

function textOf(value: Value): string {
  if (value.type === 'reference') return value.name;
  return value.type === 'text' || value.type === 'path' ? value.value : '';
}

function wrong(value: Value, shape: string, noun: string, fix: string | null): Diagnostic {
  return {
    code: 'PQL220',
    message: `${shape} wants ${noun}`,
    span: value.span,
    expected: noun,
    ...(fix === null ? {} : { fix: { span: value.span, text: fix } }),
  };
}
