import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { emptyFolder, jsonLines, runPql } from './spawn-pql.ts';

describe('check', () => {
  test('says all that is wrong, with a caret, and exits with 2', async () => {
    const done = await runPql(['check', '-'], await emptyFolder(), {
      input: 'GENERATE "fog" DURATION 3s AS intro;\nENHANCE intro UPSCALE 4;\nSTITCH intr + "nope.mp4";\n',
    });
    expect(done.status).toBe(2);
    expect(done.err).toBe('');
    expect(done.out).toContain('PQL204  a factor needs its unit');
    expect(done.out).toContain('= fix: 4x');
    expect(done.out).toContain('did you mean intro?');
    expect(done.out).toContain('there is no such file');
  });

  test('lets pass what only a workspace can know', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'clip.mp4'), 'not measured');
    const done = await runPql(['check', '-'], folder, { input: 'STITCH v12 + "clip.mp4" + hero' });
    expect(done).toMatchObject({ status: 0, out: 'standard input: 1 statement, nothing wrong\n', err: '' });
  });

  test('prints diagnostics as JSON, one a line', async () => {
    const done = await runPql(['check', '-', '--json'], await emptyFolder(), {
      input: '\n  GENERATE "fog" DURATION 3',
    });
    expect(done.status).toBe(2);
    const [diagnostic, end] = jsonLines(done.out);
    expect(diagnostic).toMatchObject({
      type: 'diagnostic',
      code: 'PQL204',
      line: 2,
      column: 27,
      start: 27,
      end: 28,
      fix: { start: 27, end: 28, text: '3s' },
    });
    expect(end).toEqual({ type: 'done', state: 'failed', problems: 1 });
  });

  test('makes no home', async () => {
    const folder = await emptyFolder();
    await runPql(['check', '-'], folder, { input: 'SHOW GROUPS' });
    await expect(stat(join(folder, 'home'))).rejects.toThrow();
  });
});

describe('fmt', () => {
  test('prints the canonical form, keeps remarks, and says with 1 that a file differs', async () => {
    const folder = await emptyFolder();
    const file = join(folder, 'script.pql');
    await writeFile(file, '-- fog\ngenerate "fog"   duration 3s as   intro');
    const printed = await runPql(['fmt', file], folder);
    expect(printed).toMatchObject({
      status: 0,
      out: '-- fog\nGENERATE "fog" DURATION 3s AS intro;\n',
      err: '',
    });
    expect((await runPql(['fmt', '--check', file], folder)).status).toBe(1);
    await chmod(file, 0o640);
    expect(await runPql(['fmt', '--write', file], folder)).toMatchObject({ status: 0, out: '' });
    expect(await readFile(file, 'utf8')).toBe(printed.out);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await runPql(['fmt', '--check', file], folder)).status).toBe(0);
  });

  test('leaves a file alone that cannot be read as PQL', async () => {
    const folder = await emptyFolder();
    const file = join(folder, 'script.pql');
    await writeFile(file, 'GENERATE "fog');
    expect((await runPql(['fmt', '--write', file], folder)).status).toBe(2);
    expect(await readFile(file, 'utf8')).toBe('GENERATE "fog');
  });
});

describe('arguments that are wrong', () => {
  test.each([
    [['nonsense'], 'there is no command nonsense'],
    [['script.pql'], 'pql run script.pql'],
    [['run'], "missing required argument 'file'"],
    [['run', 'missing.pql'], 'there is no such file'],
    [['run', '.'], 'a folder'],
    [['--nope'], "unknown option '--nope'"],
    [['fmt', '-', '--write'], 'cannot be written back'],
    [['explain'], 'either a file or -c'],
    [['explain', '-c', 'SHOW JOBS', '--dot', '--mermaid'], 'one of --json, --mermaid and --dot'],
    [['models', 'dance'], 'models cannot dance'],
    [['models', 'pull', 'nobody'], 'nobody'],
  ])('%j exits with 2 and says so', async (args, words) => {
    const done = await runPql(args, await emptyFolder());
    expect(done.err).toContain(words);
    expect(done.status).toBe(2);
    expect(done.out).toBe('');
    expect(done.err).not.toMatch(/\n\s+at /);
  });

  test.each([
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ PQL_LOG: 'loud' }, 'PQL_LOG'],
  ])('%j is named', async (env, words) => {
    const done = await runPql(['check', '-'], await emptyFolder(), { input: 'SHOW GROUPS', env });
    expect(done).toMatchObject({ status: 2, out: '' });
    expect(done.err).toContain(words);
  });
});

test.each([
  ['--help'],
  ['run', '--help'],
  ['models', '--help'],
  ['--version'],
])('%s %s helps on standard output', async (...args) => {
  const done = await runPql(args, await emptyFolder());
  expect(done).toMatchObject({ status: 0, err: '' });
  expect(done.out.length).toBeGreaterThan(4);
});

test('a text that is no UTF-8 is refused in words', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'x.pql'), Buffer.from([0x47, 0xff, 0xfe]));
  expect(await runPql(['check', 'x.pql'], folder)).toMatchObject({
    status: 2,
    err: 'pql: x.pql: not a text in UTF-8, from line 1 on\n   = save it as UTF-8, then try again\n',
  });
});

test('a home that cannot be made is no stack trace', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'file'), '');
  const done = await runPql(['-c', 'SHOW GROUPS'], folder, {
    env: { PQL_HOME: join(folder, 'file', 'home') },
  });
  expect(done.status).toBe(1);
  expect(done.out).toBe('');
  expect(done.err).toMatch(/^pql: /);
  expect(done.err).not.toMatch(/\n\s+at /);
});
