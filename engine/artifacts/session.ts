import { readlinkSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, type Owner, readOwner, thisProcess } from '../home/owner.ts';
import { syncFolder } from './stream.ts';

/** A process that has the store open: it owns a folder for its temporary files, and the folder itself says that it has not closed.
 *
 *   open → the folder stands, its leftovers belong to a living process, which writes its note again each hour → close → the folder is gone
 *        ↘ the process dies → whoever opens next finds the folder without a process: a crash. It sweeps the leftovers and
 *          doubts every artifact that was written since that session began, until it has been hashed again. */
export interface Session extends AsyncDisposable {
  /** For temporary files, on the file system of the artifacts. */
  folder: string;
  /** Artifacts written at or after this time, in milliseconds since 1970, may have suffered in a crash; null when there was none. */
  doubtSince: number | null;
}

/** Begins a session under `folder`, after sweeping those of dead processes. `every`: milliseconds between two signs of life. */
export async function openSession(
  folder: string,
  now: () => number,
  { every = hour }: { every?: number } = {},
): Promise<Session> {
  await mkdir(folder, { recursive: true });
  const name = crypto.randomUUID();
  const draft = join(folder, `draft-${name}`);
  const own = join(folder, name);
  await mkdir(draft);
  const begun = now();
  const write = (place: string, since: number) =>
    writeFile(join(place, 'session.json'), noteOf(since), { flush: true });
  await write(draft, begun);
  // What the file system calls now: several machines may share it, and their clocks need not agree.
  const { mtimeMs: present } = await stat(join(draft, 'session.json'));
  const doubts: number[] = [];
  for (const name of await readdir(folder)) {
    const left = join(folder, name);
    if (left === draft) continue;
    const note = await readNote(left);
    if (isAlive(note, present)) continue;
    // A draft never held anything.
    if (!name.startsWith('draft-')) doubts.push(note.since);
    await rm(left, { recursive: true, force: true });
  }
  const doubtSince = doubts.length === 0 ? null : Math.min(...doubts);
  // Should we die as well, what we inherited is still in doubt.
  const since = Math.min(begun, doubtSince ?? Number.POSITIVE_INFINITY);
  await write(draft, since);
  await rename(draft, own);
  await syncFolder(folder);
  const living = setInterval(() => void write(own, since).catch(() => {}), every);
  living.unref();
  return {
    folder: own,
    doubtSince,
    async [Symbol.asyncDispose]() {
      clearInterval(living);
      await rm(own, { recursive: true, force: true });
    },
  };
}

const hour = 3600 * 1000;

/** A day without a sign of life: after that a session whose process we cannot see counts as dead, and so does a draft. */
const silence = 24 * hour;

interface Note {
  owner: Owner | null;
  /** Which processes the owner is counted among: containers of one host may share its name, and not its processes. Null where the system has
   * none to tell. */
  processes: string | null;
  since: number;
  /** The last sign of life, by the clock of the file system. */
  seen: number;
}

function noteOf(since: number): string {
  return JSON.stringify({ since, owner: thisProcess(hostname()), processes: processesHere() });
}

function processesHere(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

/** Without an owner it is a draft being made this moment, or one whose maker died. */
function isAlive({ owner, processes, seen }: Note, present: number): boolean {
  if (owner !== null && owner.host === hostname() && processes === processesHere())
    return isRunning(owner, owner.host);
  return present - seen < silence;
}

async function readNote(session: string): Promise<Note> {
  const file = join(session, 'session.json');
  const seen = await stat(file)
    .catch(() => stat(session))
    .then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  try {
    const { since, owner, processes = processesHere() } = JSON.parse(await readFile(file, 'utf8'));
    if (Number.isFinite(since)) return { since, owner: readOwner(JSON.stringify(owner)), processes, seen };
  } catch {
    // Not written yet, or cut short.
  }
  return { owner: null, processes: null, since: seen, seen };
}
