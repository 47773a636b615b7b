import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiskArtifacts, openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { describeArtifactStore } from '../../contracts/artifacts.ts';
import { otherDisk } from '../../fakes/other-disk.ts';

describeArtifactStore('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pql-store-'));
  const store = await openDiskArtifacts(root);
  return {
    ...store,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
});

let folder: string;
let opened: DiskArtifacts[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-disk-'));
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const write = async (name: string, bytes: Uint8Array) => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};
/** Closed after the test. */
const openStore = async () => {
  const store = await openDiskArtifacts(join(folder, 'store'));
  opened.push(store);
  return store;
};
const sessions = () => readdir(join(folder, 'store', 'sessions'));
const source = new URL('../../../engine/artifacts/disk.ts', import.meta.url).href;

/** Runs a program with `store` opened in `folder`, under a shell prelude such as `ulimit -f 64;`. */
async function run(program: string, prelude = '', kill?: { after: string }): Promise<string> {
  const code = `import { openDiskArtifacts } from '${source}';
    process.on('SIGXFSZ', () => {});
    const store = await openDiskArtifacts('${folder}/store').catch((error) => { console.log(error.code, error.message); process.exit(); });
    ${program}`;
  const child = spawn(
    'sh',
    ['-c', `${prelude} exec "$0" --input-type=module -e "$1"`, process.execPath, code],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
      if (kill && output.includes(kill.after)) child.kill('SIGKILL');
    });
  }
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}

test('moves a file in rather than copying it when both are on one file system', async () => {
  const store = await openStore();
  const file = await write('film', randomBytes(1000));
  const { ino } = await stat(file);
  const { hash } = await store.put(file);
  expect((await stat(await store.path(hash))).ino).toBe(ino);
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('does not follow a symbolic link when taking in', async () => {
  const store = await openStore();
  await write('secret', randomBytes(10));
  await symlink(join(folder, 'secret'), join(folder, 'link'));
  await expect(store.put(join(folder, 'link'))).rejects.toMatchObject({ code: 'ELOOP' });
});

test('heals an artifact whose file was cut short when the same bytes come again', async () => {
  const store = await openStore();
  const bytes = randomBytes(5000);
  const { hash } = await store.put(await write('a', bytes));
  const place = await store.path(hash);
  await chmod(place, 0o644);
  await writeFile(place, bytes.subarray(0, 100));
  await store.put(await write('b', bytes));
  expect(sha256(await readFile(place))).toBe(hash);
});

test('leaves nothing in its temporary folder after closing, and keeps that of a living neighbour', async () => {
  const first = await openDiskArtifacts(join(folder, 'store'));
  await writeFile(join(first.temporary, 'half'), 'half');
  const second = await openDiskArtifacts(join(folder, 'store'));
  expect(await readFile(join(first.temporary, 'half'), 'utf8')).toBe('half');
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  expect(await sessions()).toEqual([]);
});

test('sweeps what a killed process left half-written, and shows nothing of it', async () => {
  const output = await run(
    `const { createReadStream } = await import('node:fs'); const { open } = await import('node:fs/promises');
    const file = await open(store.temporary + '/film', 'w'); await file.truncate(2 ** 33);
    store.put(store.temporary + '/film'); console.log('begun'); setInterval(() => {}, 1000);`,
    '',
    { after: 'begun' },
  );
  expect(output).toContain('begun');
  expect(await sessions()).toHaveLength(1);
  const store = await openStore();
  expect(await Array.fromAsync(store.list())).toEqual([]);
  expect(await sessions()).toEqual([store.temporary.split('/').at(-1)]);
});

test('doubts what was written shortly before a crash: sound bytes are given, damaged ones are lost and can come again', async () => {
  const sound = randomBytes(4000);
  const damaged = randomBytes(4000);
  const a = await write('sound', sound);
  const b = await write('damaged', damaged);
  await run(
    `await store.put('${a}'); await store.put('${b}'); console.log('stored'); setInterval(() => {}, 1000);`,
    '',
    { after: 'stored' },
  );
  // What a power cut can do on a file system that lies about syncing: the size is right, the blocks are zero.
  const place = join(
    folder,
    'store',
    sha256(damaged).slice(0, 2),
    sha256(damaged).slice(2, 4),
    sha256(damaged),
  );
  await chmod(place, 0o644);
  await writeFile(place, Buffer.alloc(4000));

  const store = await openStore();
  expect(sha256(await readFile(await store.path(sha256(sound))))).toBe(sha256(sound));
  await expect(store.path(sha256(damaged))).rejects.toMatchObject({ code: 'PQL610' });
  await store.put(await write('again', damaged));
  expect(sha256(await readFile(await store.path(sha256(damaged))))).toBe(sha256(damaged));
});

test('hands the doubt on when it dies as well before it was settled', async () => {
  const bytes = randomBytes(4000);
  const file = await write('film', bytes);
  await run(`await store.put('${file}'); console.log('stored'); setInterval(() => {}, 1000);`, '', {
    after: 'stored',
  });
  await run(`console.log('opened'); setInterval(() => {}, 1000);`, '', { after: 'opened' });
  const hash = sha256(bytes);
  const place = join(folder, 'store', hash.slice(0, 2), hash.slice(2, 4), hash);
  await chmod(place, 0o644);
  await writeFile(place, Buffer.alloc(4000));
  const store = await openStore();
  await expect(store.path(hash)).rejects.toMatchObject({ code: 'PQL610' });
});

const disk = otherDisk();
test.runIf(disk)(
  'says that the disk is full, keeps nothing half-written, and works again once there is space',
  async () => {
    const other = await mkdtemp(join(disk as string, 'pql-disk-'));
    const bytes = randomBytes(1_000_000);
    try {
      // A file may grow to 64 × 512 bytes.
      await writeFile(join(other, 'film'), bytes);
      const output = await run(
        `await store.put('${other}/film').catch((error) => console.log(error.code, error.message));
      await store[Symbol.asyncDispose]();`,
        'ulimit -f 64;',
      );
      expect(output).toBe('PQL620 the disk is full while storing a result\n');
      const store = await openStore();
      expect(await Array.fromAsync(store.list())).toEqual([]);
      expect(await readFile(join(other, 'film'))).toHaveLength(1_000_000);
      expect((await store.put(join(other, 'film'))).hash).toBe(sha256(bytes));
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  },
);

test('says that a home cannot be written', async () => {
  await mkdir(join(folder, 'store'), { mode: 0o555 });
  await chmod(folder, 0o755);
  // Root passes every mode, so it steps down to somebody without rights, after loading its code.
  const output = await new Promise<string>((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { openDiskArtifacts } = await import('${source}');
        if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
        await openDiskArtifacts('${folder}/store').catch((error) => console.log(error.code, error.message));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.once('close', () => resolve(text));
  });
  expect(output).toBe('PQL621 the folder cannot be written while opening the artifact store\n');
});
