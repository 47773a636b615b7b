import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { measureNames } from '../consent/figures.ts';
import { figuresMarkdown } from '../consent/figures-markdown.ts';
import { generated } from './generated.ts';

/** Writes the generated documents; with `--check` only says which of them differ from the code, and fails when any does, but for
 * what names were found (`test/consent/figures.test.ts`). */
const check = process.argv.includes('--check');
const root = new URL('../../', import.meta.url);
let drifted = 0;

// The figures take minutes, and the test that measures them compares them with their page.
const figures = check
  ? []
  : [{ path: 'docs/consent-figures.md', text: figuresMarkdown(await measureNames()) }];
for (const { path, text } of [...generated(), ...figures]) {
  const file = new URL(path, root);
  if ((await readFile(file, 'utf8').catch(() => null)) === text) continue;
  drifted++;
  if (check) {
    process.stderr.write(`${path} is not what the code says; npm run docs writes it anew\n`);
  } else {
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`${path}\n`);
  }
}
process.exitCode = check && drifted > 0 ? 1 : 0;
