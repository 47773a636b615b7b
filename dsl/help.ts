import type { Catalogue } from './catalogue.ts';
import { commonClauses } from './common-clauses.ts';
import { explainPrefix } from './explain-prefix.ts';
import type { Clauses, CommandOperation, JobOperation, Operation } from './operation.ts';
import { collections } from './query/collections.ts';
import { type Form, forms } from './query/forms.ts';
import { lists } from './query/lists.ts';
import type { SettingSpec } from './values/settings.ts';

/** A name and what it means, for two columns. */
export type Entry = readonly [term: string, help: string];

/** HELP without a verb: the language in one screen. */
export function helpText(catalogue: Catalogue): string {
  const families = new Map<string, Entry[]>();
  for (const { verb, family, help } of catalogue.values()) {
    families.set(family, [...(families.get(family) ?? []), [verb, help]]);
  }
  const queries = forms.map(({ verb, help }): Entry => [verb, help]);
  families.set('query', [...queries, ...(families.get('query') ?? [])]);
  families.set('manage', [...(families.get('manage') ?? []), [explainPrefix.verb, explainPrefix.help]]);
  return [
    'PQL in one line: VERB what CLAUSE value [TO path [? url]] [AS name] | VERB CLAUSE value;',
    '',
    ...[...families].flatMap(([family, entries]) => [family, ...columns(entries), '']),
    'v12 is a video, g7 a group, _ the last result, "clips/run.mp4" a file, v3[2s..6s] a part.',
    'TO out/film.mp4 writes under the export folder, ? https://… also delivers it there, NOTIFY https://… tells when it is done.',
    'HELP STITCH says more about one verb. A comment begins with --.',
  ].join('\n');
}

/** HELP verb: usage, clauses with type, range and default, examples. Null for a verb that is not there. */
export function helpOf(verb: string, catalogue: Catalogue): string | null {
  if (verb.toUpperCase() === explainPrefix.verb) return explainHelp();
  const form = forms.find((each) => each.verb === verb.toUpperCase());
  if (form !== undefined) return formHelp(form);
  const operation = catalogue.get(verb.toUpperCase());
  if (operation === undefined) return null;
  return [
    `${operation.verb} ${operation.help}`,
    '',
    ...usagesOf(operation).map((usage) => `  ${usage}`),
    '',
    ...(operation.details.length === 0 ? [] : [...operation.details, '']),
    ...columns(entriesOf(operation)),
    '',
    ...(operation.examples.length === 0 ? [] : ['examples', ...exampleLines(operation.examples)]),
  ]
    .join('\n')
    .trimEnd();
}

/** How a statement with this verb looks, one line a shape. */
export function usagesOf(operation: Operation): string[] {
  if (operation.runs === 'command') {
    if (operation.settings) return [`${operation.verb} name value`];
    return operation.variants.map(({ subject, takes, clauses = {} }) =>
      [
        operation.verb,
        ...subject,
        ...(takes === null ? [] : [takes.min === 0 ? `[${takes.usage}]` : takes.usage]),
        ...clauseUsages(clauses),
      ].join(' '),
    );
  }
  const clauses = clauseUsages(operation.clauses);
  const all = [
    operation.verb,
    operation.takes.usage,
    ...clauses,
    '[NOTIFY https://…]',
    '[TO path [? url] [OVERWRITE]]',
    '[AS name]',
  ];
  return wrapped(all, 96);
}

function clauseUsages(clauses: Clauses): string[] {
  return Object.entries(clauses).map(([word, { type, needed }]) => {
    const usage = `${word}${type.count[1] === 0 ? '' : ` ${type.usage}`}`;
    return needed ? usage : `[${usage}]`;
  });
}

/** What the words of a verb mean. */
export function entriesOf(operation: Operation): Entry[] {
  return operation.runs === 'job' ? clauseEntries(operation) : variantEntries(operation);
}

function clauseEntries({ clauses }: JobOperation): Entry[] {
  const own: Clauses = { ...clauses, ...commonClauses };
  return Object.entries(own).flatMap(([word, { type, help, default: standard }]): Entry[] => [
    [
      `${word} ${type.usage}`,
      standard === null ? help : `${help}; ${type.print(standard)} unless you say otherwise`,
    ],
    ...settingsOf(type).map(([name, spec]): Entry => [`  ${name} ${spec.type.usage}`, spec.help]),
  ]);
}

/** The settings in parentheses of a clause, none for most. */
export function settingsOf(type: object): [string, SettingSpec<unknown>][] {
  return 'settings' in type ? Object.entries(type.settings as Record<string, SettingSpec<unknown>>) : [];
}

function variantEntries(operation: CommandOperation): Entry[] {
  return operation.variants.flatMap(({ subject, takes, help, clauses = {} }): Entry[] => [
    [[operation.verb, ...subject, ...(takes === null ? [] : [takes.usage])].join(' '), help],
    ...Object.entries(clauses).map(([word, { type, help }]): Entry => [`  ${word} ${type.usage}`, help]),
  ]);
}

function formHelp({ verb, help, usage, details, examples }: Form): string {
  const fields = verb === 'FROM' ? fieldLines() : [];
  return [
    `${verb} ${help}`,
    '',
    ...usage.map((line) => `  ${line}`),
    '',
    ...(details.length === 0 ? [] : [...details, '']),
    ...fields,
    'examples',
    ...exampleLines(examples),
  ].join('\n');
}

/** Each collection with what can be asked of it. */
function fieldLines(): string[] {
  return [...collections, ...lists.values()].flatMap(({ name, help, fields }) => [
    `${name}: ${help}`,
    ...wrapped(
      fields
        .map((field) => field.name)
        .map((field, index) => (index < fields.length - 1 ? `${field},` : field)),
      92,
    ).map((line) => `    ${line.trim()}`),
    '',
  ]);
}

function explainHelp(): string {
  const { verb, help, details, examples } = explainPrefix;
  return [
    `${verb} ${help}`,
    '',
    `  ${verb} [ANALYZE] statement`,
    '',
    ...details,
    '',
    'examples',
    ...exampleLines(examples),
  ].join('\n');
}

function exampleLines(examples: Operation['examples']): string[] {
  return examples.flatMap(({ text, says }) => [`  ${text}`, `      ${says}`]);
}

/** Two columns; a long term gets a line of its own. */
function columns(entries: readonly Entry[]): string[] {
  const width = Math.min(30, Math.max(0, ...entries.map(([term]) => term.length)));
  return entries.flatMap(([term, help]) =>
    term.length > width
      ? [`  ${term}`, `  ${' '.repeat(width)}  ${help}`]
      : [`  ${term.padEnd(width)}  ${help}`],
  );
}

function wrapped(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + 1 + part.length > width) {
      lines.push(line);
      line = `    ${part}`;
    } else line = line === '' ? part : `${line} ${part}`;
  }
  return [...lines, line];
}
