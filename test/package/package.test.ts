import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { version } from '../../dsl/version.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
let app: string;

/** Packs as `npm publish` would, unpacks as `npm install` would, and lends it the packages that this checkout has, so that no network is needed. */
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'pql-package-'));
  const packed = await run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', app], {
    cwd: root,
    maxBuffer: 64e6,
  });
  const modules = join(app, 'node_modules');
  const home = join(modules, 'watchai');
  await mkdir(home, { recursive: true });
  const [tarball] = (await readdir(app)).filter((file) => file.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack made nothing: ${packed.stdout}${packed.stderr}`);
  await run('tar', ['xzf', join(app, tarball), '-C', home, '--strip-components=1']);
  for (const name of await readdir(join(root, 'node_modules')))
    if (!name.startsWith('.')) await symlink(join(root, 'node_modules', name), join(modules, name));
  await mkdir(join(modules, '.bin'));
  await symlink('../watchai/pql', join(modules, '.bin', 'pql'));
}, 300_000);

afterAll(() => rm(app, { recursive: true, force: true }));

const pql = (...args: string[]) => run(join(app, 'node_modules/.bin/pql'), args, { cwd: app });

test('the installed package says its version', async () => {
  expect((await pql('--version')).stdout).toBe(`${version}\n`);
});

test('the installed package checks a script', async () => {
  await writeFile(join(app, 'script.pql'), 'GENERATE "fog" DURATION 2s AS fog;\n');
  expect((await pql('check', 'script.pql')).stdout).toBe('script.pql: 1 statement, nothing wrong\n');
});

test('the installed package opens a home and makes a clip', async () => {
  const made = await pql('-c', 'GENERATE "fog" DURATION 250ms SIZE 96x64 FPS 12fps TO fog.mp4');
  expect(made.stdout).toContain(join(app, 'fog.mp4'));
  expect((await pql('-c', 'SHOW GROUPS')).stdout).toContain('g1');
});
