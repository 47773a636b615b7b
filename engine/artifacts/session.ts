import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
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
    const began = await beginning(left);
    if (isAlive(name, began, now())) continue;
    doubts.push(began);
    await rm(left, { recursive: true, force: true });
  }
  const own = join(folder, sessionName(randomPart()));
  await mkdir(own);
  const doubtSince = doubts.length === 0 ? null : Math.min(...doubts);
  // Should we die as well, what we inherited is still in doubt.
  await writeFile(join(own, 'since'), String(Math.min(now(), doubtSince ?? Number.POSITIVE_INFINITY)));
  await syncFolder(folder);
  return {
    folder: own,
    doubtSince,
    [Symbol.asyncDispose]: () => rm(own, { recursive: true, force: true }),
  };
}

/** A day: after that a session of another machine, whose processes we cannot see, counts as dead. */
const foreignLife = 24 * 3600 * 1000;

/** Host, process and the time that process began: a number of a dead process is given to another one sooner or later, in containers at once. */
function sessionName(random: string): string {
  return [hostKey(), process.pid, Math.round(performance.timeOrigin), random].join('~');
}

function isAlive(name: string, began: number, now: number): boolean {
  const [host, pid, origin] = name.split('~');
  if (host !== hostKey()) return now - began < foreignLife;
  if (Number(pid) === process.pid) return Number(origin) === Math.round(performance.timeOrigin);
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function hostKey(): string {
  return hostname().replace(/[^A-Za-z0-9.-]/g, '_') || 'host';
}

/** Two stores of one process on one folder keep apart; no secret. */
function randomPart(): string {
  return crypto.randomUUID().slice(0, 8);
}

async function beginning(session: string): Promise<number> {
  const text = await readFile(join(session, 'since'), 'utf8').catch(() => '');
  const since = Number(text);
  if (text !== '' && Number.isFinite(since)) return since;
  return await stat(session).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
