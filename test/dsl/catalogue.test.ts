import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ArgumentsOf, CommandArgumentsOf } from '../../dsl/arguments.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import { argumentsSchema } from '../../dsl/docs/schema.ts';
import { verbsMarkdown } from '../../dsl/docs/verbs.ts';
import { explainPrefix } from '../../dsl/explain-prefix.ts';
import { helpOf, helpText } from '../../dsl/help.ts';
import { version } from '../../dsl/version.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import { compiled } from './compiling.ts';

const operations = [...catalogue.values()];

test.each(
  operations.flatMap(({ verb, examples }) => examples.map((example) => [verb, example.text] as const)),
)('shows examples of %s that work: %s', (_verb, text) => {
  expect(compiled(text).diagnostics).toEqual([]);
});

test('shows examples of EXPLAIN that work', () => {
  for (const { text } of explainPrefix.examples) expect(compiled(text).diagnostics).toEqual([]);
});

test('every verb but SET, whose settings differ, has an example, and every verb a line of help', () => {
  for (const { verb, examples, help } of operations) {
    expect(help).toMatch(/^[a-z]/);
    expect(help).not.toMatch(/\.$/);
    if (verb !== 'SET') expect(examples.length).toBeGreaterThan(0);
  }
});

test('every clause is spelled in capitals and has help and words for what it expects', () => {
  for (const operation of operations) {
    if (operation.runs !== 'job') continue;
    for (const [word, { type, help }] of Object.entries(operation.clauses)) {
      expect(word).toMatch(/^[A-Z]+$/);
      expect(help.length).toBeGreaterThan(5);
      expect(type.expected.length).toBeGreaterThan(5);
    }
  }
});

test('defaults are values that the type itself would read back from its print', () => {
  for (const operation of operations) {
    if (operation.runs !== 'job') continue;
    for (const [word, { type, default: standard }] of Object.entries(operation.clauses)) {
      if (standard === null) continue;
      const operand =
        operation.takes.what === 'prompt' ? '"x"' : Array(operation.takes.min).fill('v1').join(' + ');
      expect(compiled(`${operation.verb} ${operand} ${word} ${type.print(standard)}`).diagnostics).toEqual(
        [],
      );
    }
  }
});

test('the parser learns every verb, clause and subject, and nothing else', () => {
  const vocabulary = vocabularyOf(catalogue);
  expect([...vocabulary.keys()]).toEqual([...catalogue.keys()]);
  expect([...vocabulary.get('ENHANCE')!.clauses]).toEqual([
    'UPSCALE',
    'DENOISE',
    'INTERPOLATE',
    'USING',
    'NOTIFY',
  ]);
  expect(vocabulary.get('FIND')!.subjects[0]).toEqual(['PIPELINE', 'GROUP', 'BY']);
  expect(vocabulary.get('SET')!.operands).toBe(false);
});

test('HELP names every verb once, and HELP of a verb its clauses and examples', () => {
  const text = helpText(catalogue);
  for (const { verb } of [...operations, explainPrefix]) {
    expect(text.split('\n').filter((line) => line.startsWith(`  ${verb} `))).toHaveLength(1);
  }
  for (const operation of operations) {
    const help = helpOf(operation.verb, catalogue)!;
    for (const { text: example } of operation.examples) expect(help).toContain(example);
    if (operation.runs === 'job')
      for (const word of Object.keys(operation.clauses)) expect(help).toContain(word);
  }
  expect(helpOf('explain', catalogue)).toContain('runs nothing');
  expect(helpOf('nothing', catalogue)).toBeNull();
});

test('HELP reads as reviewed', async () => {
  const all = [
    helpText(catalogue),
    ...operations.map(({ verb }) => helpOf(verb, catalogue)),
    helpOf('EXPLAIN', catalogue),
  ];
  await expect(`${all.join('\n\n----\n\n')}\n`).toMatchFileSnapshot('help.txt');
});

test('the reference in docs/verbs.md is the one that the catalogue gives', () => {
  expect(readFileSync(new URL('../../docs/verbs.md', import.meta.url), 'utf8')).toBe(
    verbsMarkdown(catalogue),
  );
});

test('the JSON Schema describes every verb with its ranges', () => {
  const schema = argumentsSchema(catalogue) as {
    $defs: Record<string, { properties: Record<string, unknown> }>;
  };
  expect(Object.keys(schema.$defs)).toEqual([...catalogue.keys()]);
  expect(schema.$defs.GENERATE!.properties.DURATION).toMatchObject({
    exclusiveMinimum: 0,
    maximum: 120,
    default: 4,
  });
  expect(schema.$defs.ENHANCE!.properties.UPSCALE).toMatchObject({ enum: [2, 3, 4] });
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

test('arguments and commands are named like the verbs that give them', () => {
  const jobs: Record<
    Exclude<keyof ArgumentsOf, 'export' | 'deliver' | 'notify' | 'fit' | 'pass' | 'frame'>,
    true
  > = {
    generate: true,
    enhance: true,
    stitch: true,
    trim: true,
    grade: true,
    probe: true,
    verify: true,
    shots: true,
    measure: true,
  };
  const commands: Record<keyof CommandArgumentsOf, true> = {
    show: true,
    find: true,
    search: true,
    remove: true,
    purge: true,
    cancel: true,
    retry: true,
    set: true,
    help: true,
    credits: true,
    recipe: true,
    opt: true,
    grant: true,
    claim: true,
    approve: true,
    deny: true,
    escalate: true,
    revoke: true,
    uses: true,
    report: true,
    remember: true,
    forget: true,
    import: true,
    from: true,
    start: true,
  };
  // FROM and START are forms of the grammar, not verbs of the catalogue.
  const forms = ['from', 'start'];
  expect([...Object.keys(jobs), ...Object.keys(commands)].sort()).toEqual(
    [...[...catalogue.keys()].map((verb) => verb.toLowerCase()), ...forms].sort(),
  );
});

test('recipes name the version of the package', () => {
  const { version: packaged } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  expect(version).toBe(packaged);
});
