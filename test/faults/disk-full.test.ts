import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from '../fakes/run-script.ts';

/** Runs a command with a disk of 150 MB of its own at `$1`, seen by nobody else and gone when it ends. */
const smallDisk = (folder: string) => [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs -o size=150m tmpfs "$0" && exec "$@"',
  folder,
];
const [command = '', ...args] = smallDisk(tmpdir());
const possible = spawnSync(command, [...args, 'true']).status === 0;

test.skipIf(!possible)(
  `a full disk is said in words, and nothing is lost${possible ? '' : ' (skipped: no disk can be mounted here)'}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pql-disk-'));
    await using script = runScript(new URL('./fill-disk.ts', import.meta.url), [folder], {
      before: smallDisk(folder),
    });
    const lines: string[] = [];
    for (let n = 0; n < 8; n++) lines.push(await script.line());
    expect(await script.ended).toEqual({ status: 0, said: '' });
    await rm(folder, { recursive: true });
    expect(lines).toEqual([
      'a job on a full disk: the disk is full while working on this, failed',
      'after RETRY with room: done',
      'a statement on a full disk: the disk is full while accepting the statement',
      'nothing half accepted: true',
      'with room again: true',
      'when the log of changes has no room: the disk is full while accepting the statement',
      'opening on a full disk: the disk is full while opening the home DISK/home',
      'opened again with room, nothing lost: true',
    ]);
  },
);
