import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { emptyFolder, jsonLines, runPql } from './spawn-pql.ts';

const bird = fileURLToPath(new URL('../../media/bird.mp4', import.meta.url));

test('pql explain draws a script, and nothing but the drawing stands on standard output', async () => {
  const folder = await emptyFolder();
  const source = 'SHOW JOBS; GENERATE "fog" | ENHANCE DENOISE 20 TO fog.mp4';
  const dot = await runPql(['explain', '-c', source, '--dot'], folder);
  expect(dot).toMatchObject({ status: 0, err: '' });
  expect(dot.out).toMatch(/^digraph plan \{\n.*runs: never made.*n2 -> n3;\n\}\n$/s);
  const mermaid = await runPql(['explain', '-c', source, '--mermaid'], folder);
  expect(mermaid).toMatchObject({ status: 0, err: '' });
  expect(mermaid.out).toMatch(/^flowchart TD\n {2}n1\["GENERATE /);
});

test('EXPLAIN ANALYZE runs a statement and tells what was measured; of a command it is the command', async () => {
  const folder = await emptyFolder();
  await copyFile(bird, join(folder, 'bird.mp4'));
  const source = 'EXPLAIN ANALYZE TRIM "bird.mp4"[0s..0.4s] TO part.mp4 OVERWRITE;';
  const first = await runPql(['-c', source], folder);
  expect(first).toMatchObject({ status: 0 });
  expect(first.out).toMatch(/planned +runs: never made +no history yet/);
  expect(first.out).toMatch(/measured +ran, made v\d+ /);
  expect(first.out).toMatch(/g1: 2 ran; over after /);
  const again = await runPql(['--json', '-c', `${source} EXPLAIN ANALYZE SHOW JOBS`], folder);
  expect(again).toMatchObject({ status: 0, err: '' });
  const answers = jsonLines(again.out).flatMap((line) => (line.type === 'answer' ? [line.answer] : []));
  expect(answers).toMatchObject([
    {
      type: 'analysis',
      group: 'g2',
      jobs: [
        { measured: { recalled: true }, planned: { verdict: 'recalled' } },
        { measured: { effect: true, state: 'done' }, planned: { verdict: 'runs' } },
      ],
      totals: { ran: 1, recalled: 1, failed: 0 },
    },
    { type: 'table' },
  ]);
});
