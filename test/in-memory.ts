import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const prefix = 'watchai-tests-';
/** Bytes: what is used at once is 0.4 GB, and as much again must be left to whoever works. */
const least = { folder: 2 * 2 ** 30, machine: 4 * 2 ** 30 };

/** A folder in memory for the files of one run of the tests, gone as this process ends; null where memory is short, or where programs may
 * not be started from it. A home has 650 files, and ext4 takes 0.4 s of CPU to make them where as many were removed just before, memory 0.02 s. */
export function folderInMemory(): string | null {
  if (!hasRoom()) return null;
  removeForgotten();
  const folder = mkdtempSync(join(memory, `${prefix}${process.pid}-`));
  // As /tmp is: servers and some tests run as somebody else.
  chmodSync(folder, 0o1777);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function hasRoom(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , type, options = ''] = mounted.find((line) => line.split(' ')[1] === memory)?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(memory);
    return (
      type === 'tmpfs' &&
      !options.split(',').includes('noexec') &&
      bavail * bsize >= least.folder &&
      Math.min(freemem(), process.availableMemory()) >= least.machine
    );
  } catch {
    return false;
  }
}

/** What runs that were killed have left. */
function removeForgotten(): void {
  for (const name of readdirSync(memory)) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || lives(Number(pid))) continue;
    try {
      rmSync(join(memory, name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
