import { spawnSync } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The rooms that the package carries. */
const rooms = ['bots', 'dsl', 'engine', 'grammar', 'workers'];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the rooms as plain JavaScript into dist/ (or the folder that is named), and beside it whatever the sources find with
 * `new URL('./x', import.meta.url)`: SQL, fonts, manifests. */
async function build(out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const config = join(root, 'test/package/tsconfig.json');
  const done = spawnSync(process.execPath, [compiler, '-p', config, '--outDir', out], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`tsc: ${done.stdout}${done.stderr}`);
  for (const room of rooms)
    await cp(join(root, room), join(out, room), {
      recursive: true,
      filter: (source) => extname(source) !== '.ts',
    });
  await cp(join(root, 'migrations'), join(out, 'migrations'), { recursive: true });
  // Says that these files are modules, and which version they are.
  await cp(join(root, 'package.json'), join(out, 'package.json'));
}

await build(resolve(process.argv[2] ?? join(root, 'dist')));
