import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, type Owner, readOwner, thisProcess } from '../home/owner.ts';
import { syncFolder } from './stream.ts';

/** A process that has the store open: it owns a folder for its temporary files, and the folder itself says that it has not closed.
 *
 *   open → the folder stands, its leftovers belong to a living process → close → the folder is gone
 *        ↘ the process dies → whoever opens next finds the folder without a process: a crash. It sweeps the leftovers and
 *          doubts every artifact that was written since that session began, until it has been hashed again. */
export interface Session extends AsyncDisposable {
  /** For temporary files, on the file system of the artifacts. */
  folder: string;
  /** Artifacts written at or after this time, in milliseconds since 1970, may have suffered in a crash; null when there was none. */
  doubtSince: number | null;
}

/** Begins a session under `folder`, after sweeping those of dead processes. */
export async function openSession(folder: string, now: () => number): Promise<Session> {
  await mkdir(folder, { recursive: true });
  const doubts: number[] = [];
  for (const name of await readdir(folder)) {
    const left = join(folder, name);
    const { owner, since } = await readNote(left);
    if (isAlive(owner, since, now())) continue;
    // A draft never held anything.
    if (!name.startsWith('draft-')) doubts.push(since);
    await rm(left, { recursive: true, force: true });
  }
  const doubtSince = doubts.length === 0 ? null : Math.min(...doubts);
  const name = crypto.randomUUID();
  const draft = join(folder, `draft-${name}`);
  const own = join(folder, name);
  await mkdir(draft);
  // Should we die as well, what we inherited is still in doubt.
  const since = Math.min(now(), doubtSince ?? Number.POSITIVE_INFINITY);
  const note = JSON.stringify({ since, owner: thisProcess(hostname()) });
  await writeFile(join(draft, 'session.json'), note, { flush: true });
  await rename(draft, own);
  await syncFolder(folder);
  return {
    folder: own,
    doubtSince,
    [Symbol.asyncDispose]: () => rm(own, { recursive: true, force: true }),
  };
}

/** A day: after that a session of another machine, whose processes we cannot see, counts as dead, and so does a draft. */
const foreignLife = 24 * 3600 * 1000;

/** Nobody's: a draft being made this moment, or one whose maker died. */
function isAlive(owner: Owner | null, since: number, now: number): boolean {
  if (owner !== null && owner.host === hostname()) return isRunning(owner, owner.host);
  return now - since < foreignLife;
}

async function readNote(session: string): Promise<{ owner: Owner | null; since: number }> {
  try {
    const { since, owner } = JSON.parse(await readFile(join(session, 'session.json'), 'utf8'));
    if (Number.isFinite(since)) return { since, owner: readOwner(JSON.stringify(owner)) };
  } catch {
    // Not written yet, or cut short.
  }
  const since = await stat(session).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return { owner: null, since };
}
