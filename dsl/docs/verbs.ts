import type { Catalogue } from '../catalogue.ts';
import { commonClauses } from '../common-clauses.ts';
import { explainPrefix } from '../explain-prefix.ts';
import { settingsOf, usagesOf } from '../help.ts';
import type { Clauses, CommandOperation, Example, JobOperation } from '../operation.ts';
import { collections } from '../query/collections.ts';
import { type Form, forms } from '../query/forms.ts';
import { lists } from '../query/lists.ts';

/** The verb reference in Markdown, written to docs/verbs.md; a check fails when the two differ. */
export function verbsMarkdown(catalogue: Catalogue): string {
  const operations = [...catalogue.values()];
  const families = [...new Set(operations.map(({ family }) => family))];
  return `${[
    '# Verbs',
    '',
    'Generated from the catalogue by `npm run docs`; change the operation, not this page.',
    '',
    'One shape: `VERB operands clauses [TO path [? url] [OVERWRITE]] [AS name]`, joined by `|`, ended by `;`.',
    '',
    ...families.map(
      (family) =>
        `- ${family}: ${operations
          .filter((each) => each.family === family)
          .map(link)
          .join(', ')}`,
    ),
    `- forms of the grammar: ${forms.map(link).join(', ')}`,
    `- before any statement: ${link(explainPrefix)}`,
    ...operations.flatMap((operation) => [
      '',
      ...(operation.runs === 'job' ? jobSection(operation) : commandSection(operation)),
    ]),
    ...forms.flatMap((form) => ['', ...formSection(form)]),
    '',
    `## ${explainPrefix.verb}`,
    '',
    `${capital(explainPrefix.help)}. ${explainPrefix.details.join(' ')}`,
    ...exampleBlock(explainPrefix.examples),
  ].join('\n')}\n`;
}

function formSection({ verb, help, usage, details, examples }: Form): string[] {
  const fields = [...collections, ...lists.values()].flatMap((collection) => [
    '',
    `### ${collection.name}`,
    '',
    `${capital(collection.help)}.`,
    '',
    '| field | holds | what it says |',
    '|---|---|---|',
    ...collection.fields.map(({ name, type, help: says, words }) =>
      row(`\`${name}\``, words === undefined ? type : words.join(', '), says),
    ),
  ]);
  return [
    `## ${verb}`,
    '',
    [`${capital(help)}.`, ...details].join(' '),
    '',
    '```text',
    ...usage,
    '```',
    ...exampleBlock(examples),
    ...(verb === 'FROM' ? fields : []),
  ];
}

function jobSection(operation: JobOperation): string[] {
  const clauses: Clauses = { ...operation.clauses, ...commonClauses };
  const rows = Object.entries(clauses).flatMap(([word, { type, help, default: standard }]) => [
    row(`\`${word}\``, type.expected, standard === null ? '' : `\`${type.print(standard)}\``, help),
    ...settingsOf(type).map(([name, spec]) => row(`… \`${name}\``, spec.type.expected, '', spec.help)),
  ]);
  return [
    ...head(operation),
    '',
    `Takes ${operation.takes.noun}, gives ${gives[operation.gives]}.`,
    '',
    '| clause | value | default | what it does |',
    '|---|---|---|---|',
    ...rows,
    ...exampleBlock(operation.examples),
  ];
}

function commandSection(operation: CommandOperation): string[] {
  const shapes = operation.variants.flatMap(({ subject, takes, help, clauses = {} }) => [
    row(`\`${[operation.verb, ...subject, ...(takes === null ? [] : [takes.usage])].join(' ')}\``, help),
    ...Object.entries(clauses).map(([word, { type, help }]) => row(`… \`${word} ${type.usage}\``, help)),
  ]);
  return [
    ...head(operation),
    ...(operation.destructive ? ['', 'Asks before it does anything.'] : []),
    ...(operation.settings ? [] : ['', '| statement | what it does |', '|---|---|', ...shapes]),
    ...exampleBlock(operation.examples),
  ];
}

function head(operation: JobOperation | CommandOperation): string[] {
  const usage =
    operation.runs === 'job' || operation.settings ? ['', '```text', ...usagesOf(operation), '```'] : [];
  return [
    `## ${operation.verb}`,
    '',
    [`${capital(operation.help)}.`, ...operation.details].join(' '),
    ...usage,
  ];
}

function exampleBlock(examples: readonly Example[]): string[] {
  if (examples.length === 0) return [];
  return ['', '```sql', ...examples.map(({ text, says }) => `${text}; -- ${says}`), '```'];
}

const gives = { video: 'a clip', image: 'a picture', audio: 'a sound', text: 'a text' } as const;

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function link({ verb }: { verb: string }): string {
  return `[${verb}](#${verb.toLowerCase()})`;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
