import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isUnknowable, offlineWorld } from '../../bots/repl/offline-world.ts';
import { abilities } from '../../bots/repl/wiring/abilities.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import { compile } from '../../dsl/compile.ts';
import { parse } from '../../dsl/parse.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const source = [...readme.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');

/** A file that only the reader could have. */
const noSuchFile = 'PQL420';

test('the language in one screen is PQL that compiles', async () => {
  const parsed = parse(source, vocabularyOf(catalogue));
  const world = await offlineWorld(parsed.script, catalogue, abilities(), process.cwd());
  const problems = compile({ source, ...parsed }, catalogue, world).diagnostics.filter(
    (diagnostic) => diagnostic.code !== noSuchFile && !isUnknowable(diagnostic, source),
  );
  expect(parsed.script.statements.length).toBeGreaterThan(10);
  expect(problems).toEqual([]);
});

test('every verb that the README shows is in the catalogue, and every verb of the catalogue is shown', () => {
  const missing = [...catalogue.keys()].filter((verb) => !new RegExp(`\\b${verb}\\b`).test(readme));
  expect(missing).toEqual([]);
});
