import { spawnSync } from 'node:child_process';
import { copyFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { emptyFolder, jsonLines, main, runPql, startPql } from '../bots/repl/spawn-pql.ts';

const clip = fileURLToPath(new URL('../media/sintel-96x54.mp4', import.meta.url));
const root = process.getuid?.() === 0;

/** Runs a line of sh in which `$PQL` starts the program. */
function sh(line: string, folder: string, options: { env?: Record<string, string>; uid?: number } = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PQL: `${process.execPath} --disable-warning=ExperimentalWarning ${main}`,
      PQL_HOME: join(folder, 'home'),
      NO_COLOR: '1',
      ...options.env,
    },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  return { status, out: stdout, err: stderr };
}

test('a home that cannot be written is told with what to do, on standard error and as JSON', async () => {
  const folder = await emptyFolder();
  const home = { PQL_HOME: '/dev/null/home' };
  const plain = await runPql(['-c', 'SHOW GROUPS'], folder, { env: home });
  expect(plain).toMatchObject({ status: 1, out: '' });
  expect(plain.err).toMatch(
    /^pql: \/dev\/null\/home .* cannot be the home\n {3}= set PQL_HOME to a folder\n$/,
  );
  expect(plain.err).not.toContain('    at ');
  const json = await runPql(['-c', 'SHOW GROUPS', '--json'], folder, { env: home });
  expect(json.status).toBe(1);
  expect(jsonLines(json.out)).toMatchObject([
    {
      type: 'failed',
      job: null,
      code: expect.stringMatching(/^PQL6/),
      message: expect.stringContaining('home'),
    },
  ]);
});

test.skipIf(!root)(
  'a home made by somebody else is refused in words and stays as it is (skipped unless root can become another)',
  async () => {
    const folder = await emptyFolder();
    expect(sh('chmod 755 .; $PQL -c "SHOW GROUPS"', folder).status).toBe(0);
    const before = await readdir(join(folder, 'home'));
    expect(sh('$PQL -c "SHOW GROUPS"', folder, { uid: 65534 })).toEqual({
      status: 1,
      out: '',
      err: `pql: the folder cannot be written while opening the home ${folder}/home
   = make it writable, or set PQL_HOME to a folder of your own
`,
    });
    expect(await readdir(join(folder, 'home'))).toEqual(before);
    const locked = 'chown -R 65534 home; chmod -R a-w home/database';
    expect(sh(locked, folder).status).toBe(0);
    const done = sh('$PQL -c "SHOW GROUPS"', folder, { uid: 65534 });
    expect(done.status).toBe(1);
    expect(done.err).toContain('the folder cannot be written while opening the home');
  },
);

test('a folder that may not be written is no reason not to check', async () => {
  const folder = await emptyFolder();
  sh('chmod 555 .', folder);
  const done = sh('echo "SHOW GROUPS" | $PQL check -', folder, root ? { uid: 65534 } : {});
  sh('chmod 755 .', folder);
  expect(done).toMatchObject({ status: 0, err: '' });
  expect(await readdir(folder)).toEqual([]);
});

test('a second process on a home gets a message and neither disturbs the first', async () => {
  const folder = await emptyFolder();
  await copyFile(clip, join(folder, 'clip.mp4'));
  const first = startPql([], folder, { input: 'PROBE "clip.mp4"; GENERATE "sea" DURATION 5s SIZE 64x64' });
  await expect.poll(() => first.said().err, { timeout: 60_000, interval: 10 }).toContain('started');
  // Frozen, so that it cannot be done before the second has looked.
  first.process.kill('SIGSTOP');
  const second = await runPql(['-c', 'SHOW GROUPS', '--json'], folder);
  expect(second.status).toBe(1);
  expect(second.err).toContain(`home is in use by process ${first.process.pid}: let it finish or end it`);
  expect(jsonLines(second.out)).toMatchObject([
    { type: 'failed', message: expect.stringContaining('is in use') },
  ]);
  first.process.kill('SIGCONT');
  expect((await first.ended).status).toBe(0);
});

test('a reader that goes away takes nothing from the work', async () => {
  const folder = await emptyFolder();
  await copyFile(clip, join(folder, 'clip.mp4'));
  const done = sh(`$PQL -c 'TRIM "clip.mp4"[0s..0.5s] TO x.mp4' --json | head -1`, folder);
  expect(done).toMatchObject({ status: 0, err: '' });
  expect(jsonLines(done.out)).toMatchObject([{ type: 'accepted' }]);
  expect((await stat(join(folder, 'x.mp4'))).size).toBeGreaterThan(1000);
});

test('output that a full disk does not take is told, and the work is kept', async () => {
  const folder = await emptyFolder();
  await copyFile(clip, join(folder, 'clip.mp4'));
  for (const flag of ['', '--json']) {
    const done = sh(
      `$PQL -c 'TRIM "clip.mp4"[0s..0.5s] TO x.mp4 OVERWRITE; SHOW JOBS' ${flag} >/dev/full`,
      folder,
    );
    expect(done.status).toBe(1);
    expect(done.err).toContain('pql: the output is not whole: no space is left on the disk');
    expect(done.err).not.toContain('    at ');
    expect((await stat(join(folder, 'x.mp4'))).size).toBeGreaterThan(1000);
  }
});

test('standard input that is closed is an empty script', async () => {
  const folder = await emptyFolder();
  expect(sh('$PQL <&-', folder)).toEqual({ status: 0, out: '', err: '' });
  expect(sh('$PQL check - <&-', folder)).toMatchObject({ status: 0, err: '' });
});

test('a folder that was removed meanwhile is told in words', async () => {
  const folder = await emptyFolder();
  const done = sh('mkdir gone; cd gone; rmdir ../gone; $PQL -c "SHOW GROUPS"', folder);
  expect(done).toMatchObject({ status: 1, out: '' });
  expect(done.err).toContain(
    'pql: the folder you are in was removed\n   = go to another folder, then try again\n',
  );
  expect(done.err).not.toContain('    at ');
});

test('no HOME, one that is not there, and a terminal and a language that nobody knows change nothing', async () => {
  const folder = await emptyFolder();
  const plain = sh('$PQL -c "SHOW VERBS"', folder);
  expect(plain).toMatchObject({ status: 0, err: '' });
  expect(sh('unset HOME; $PQL -c "SHOW VERBS"', folder)).toEqual(plain);
  const odd: Record<string, string>[] = [
    { HOME: '/nonexistent', TERM: '' },
    { TERM: 'weird', LC_ALL: 'xx_YY.foo' },
  ];
  for (const env of odd) expect(sh('$PQL -c "SHOW VERBS"', folder, { env })).toEqual(plain);
});

test('a script in another encoding is told with its line', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'latin.pql'), Buffer.from('SHOW GROUPS;\nGENERATE "caf\xe9"', 'latin1'));
  await writeFile(join(folder, 'wide.pql'), Buffer.from('\ufeffSHOW GROUPS', 'utf16le'));
  expect((await runPql(['check', 'latin.pql'], folder)).err).toBe(
    'pql: latin.pql: not a text in UTF-8, from line 2 on\n   = save it as UTF-8, then try again\n',
  );
  const wide = await runPql(['check', 'wide.pql'], folder);
  expect(wide.status).toBe(2);
  expect(wide.err).toContain('not a text in UTF-8 but in UTF-16');
});
