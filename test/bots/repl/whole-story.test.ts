import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { emptyFolder, jsonLines, type Running, runPql, startPql } from './spawn-pql.ts';

const clip = fileURLToPath(new URL('../../media/sintel-96x54.mp4', import.meta.url));
const film = `GENERATE "a boat in fog" DURATION 500ms SIZE 96x64 FPS 12fps AS boat;
TRIM "clip.mp4"[0s..500ms] AS real;
STITCH boat + real TO out/film.mp4;`;

async function folderWithClip(): Promise<string> {
  const folder = await emptyFolder();
  await copyFile(clip, join(folder, 'clip.mp4'));
  await writeFile(join(folder, 'film.pql'), film);
  return folder;
}

test('makes a film, says where it is, and recalls everything the second time', async () => {
  const folder = await folderWithClip();
  const first = await runPql(['run', 'film.pql'], folder);
  expect(first.status).toBe(0);
  expect(first.out).toContain(`${join(folder, 'out/film.mp4')}  `);
  expect(first.err).toMatch(/^j\d+ GENERATE "a boat in fog".*: done v\d+$/m);
  const written = await stat(join(folder, 'out/film.mp4'));
  const second = await runPql(['run', 'film.pql'], folder);
  expect(second.status).toBe(0);
  expect(second.out).toContain('everything was recalled, nothing to do');
  expect((await stat(join(folder, 'out/film.mp4'))).mtimeMs).toBe(written.mtimeMs);
});

test('the recipe of a stitched film is PQL that makes the same bytes again', async () => {
  const folder = await folderWithClip();
  const source = `GENERATE "a boat in fog" DURATION 500ms SIZE 96x64 FPS 12fps AS boat;
STITCH (GRADE boat TEMPERATURE 4000K CONTRAST 10%) + (TRIM "clip.mp4"[0s..500ms] | ENHANCE DENOISE 20)
  TRANSITION fade 100ms TO film.mp4;`;
  const first = await runPql(['run', '-', '--json'], folder, { input: source });
  expect(first.status).toBe(0);
  const recipe = await runPql(['recipe', 'film.mp4'], folder);
  expect(recipe.status).toBe(0);
  expect(recipe.out).toMatch(
    /^STITCH \(GENERATE .* SEED \d+ .*\| GRADE .*\| ENHANCE .* TRANSITION fade 100ms/,
  );

  const elsewhere = await folderWithClip();
  const again = recipe.out.replace('\n', ' TO film.mp4\n');
  const second = await runPql(['run', '-', '--json'], elsewhere, { input: again });
  expect(second.status).toBe(0);
  // As they are in the store: what TO wrote was signed there by other certificates.
  const [made, remade] = [first, second].map(
    ({ out }) =>
      jsonLines(out).findLast((event) => event.type === 'result' && event.operation !== 'export')?.hash,
  );
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(remade).toBe(made);
});

test('streams one JSON object a line and nothing else', async () => {
  const folder = await folderWithClip();
  const done = await runPql(['run', 'film.pql', '--json'], folder);
  expect(done).toMatchObject({ status: 0, err: '' });
  const events = jsonLines(done.out);
  const types = events.map(({ type }) => type);
  expect(types[0]).toBe('accepted');
  expect(types.at(-1)).toBe('done');
  expect(new Set(types)).toEqual(
    new Set(['accepted', 'job', 'progress', 'result', 'done'].filter((type) => types.includes(type))),
  );
  const jobs = (events[0] as { jobs: { id: string }[] }).jobs.map(({ id }) => id);
  const results = events.filter(({ type }) => type === 'result') as { job: string; path: string | null }[];
  expect(results.map(({ job }) => job).sort()).toEqual([...jobs].sort());
  expect(results.filter(({ path }) => path !== null).map(({ path }) => path)).toEqual([
    join(folder, 'out/film.mp4'),
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'done', state: 'done' });
});

test('what is refused ends with its status and says nothing on standard output; --yes goes on with what would be asked about', async () => {
  const folder = await folderWithClip();
  await writeFile(join(folder, 'mine.mp4'), 'mine');
  await runPql(['-c', 'PROBE "clip.mp4"'], folder);
  for (const [statement, status, words] of [
    ['TRIM "clip.mp4"[0s..250ms] TO mine.mp4', 2, 'OVERWRITE'],
    ['ENHANCE nobody UPSCALE 2x', 2, 'nobody'],
    ['TRIM "clip.mp4"[0s..250ms] TO out/x.mp4 ? https://127.0.0.1/x', 3, '127.0.0.1'],
    ['REMOVE GROUP g1', 3, '--yes'],
  ] as const) {
    const done = await runPql(['-c', statement], folder);
    expect(done).toMatchObject({ status, out: '' });
    expect(done.err).toContain(words);
  }
  expect(await readFile(join(folder, 'mine.mp4'), 'utf8')).toBe('mine');
  const removed = await runPql(['-c', 'REMOVE GROUP g1; SHOW GROUPS', '--yes'], folder);
  expect(removed.status).toBe(0);
  expect(removed.out).toMatch(/^removed g1/);
  expect(removed.out).not.toMatch(/^g1 /m);
});

test('in a pipe it runs what it reads, and prints the answer only', async () => {
  const folder = await emptyFolder();
  const done = await runPql([], folder, { input: 'SHOW VERBS' });
  expect(done).toMatchObject({ status: 0, err: '' });
  expect(done.out).toContain('GENERATE');
  expect(done.out).not.toContain('\u{1b}');
});

test('a second process on the same home is told which process has it', async () => {
  const folder = await folderWithClip();
  const first = startPql(['-c', long], folder);
  await until(first, ({ err }) => err.includes('j1 '));
  const second = await runPql(['-c', 'SHOW GROUPS'], folder);
  expect(second).toMatchObject({ status: 1, out: '' });
  expect(second.err).toContain(`in use by process ${first.process.pid}`);
  first.process.kill('SIGKILL');
  await first.ended;
});

test('Ctrl-C cancels the run, leaves no process behind, and ends with 130', async () => {
  const folder = await folderWithClip();
  const running = startPql(['-c', long], folder);
  await until(running, ({ err }) => err.includes('j1 '));
  running.process.kill('SIGINT');
  const done = await running.ended;
  expect(done.status).toBe(130);
  expect(done.err).toContain('cancelling');
  expect(done.out).toContain('g1 cancelled');
  expect(await leftOvers(folder)).toEqual([]);
});

test('killed at once in the middle of a run, it finishes next time, and nothing is left over', async () => {
  const folder = await folderWithClip();
  const running = startPql(['run', 'film.pql'], folder);
  await until(running, ({ err }) => err.includes(': started'));
  running.process.kill('SIGKILL');
  await running.ended;
  expect(await leftOvers(folder)).toEqual([]);
  const again = await runPql(['run', 'film.pql'], folder);
  expect(again.status).toBe(0);
  expect(again.out).toContain(join(folder, 'out/film.mp4'));
});

/** Long enough to be stopped in its middle on any machine. */
const long = 'GENERATE "a boat in fog" DURATION 60s SIZE 640x360 FPS 24fps';

async function until(running: Running, told: (said: { out: string; err: string }) => boolean): Promise<void> {
  let over = false;
  running.ended.then(() => {
    over = true;
  });
  while (!told(running.said())) {
    if (over) throw new Error(`ended too soon: ${running.said().err}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Processes whose command line names the folder, once the kernel had a moment to end them. */
async function leftOvers(folder: string): Promise<string[]> {
  let found: string[] = [];
  for (let round = 0; round < 100; round += 1) {
    found = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => commandLine(pid))
      .filter((line) => line.includes(folder));
    if (found.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return found;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
