import { readFileSync } from 'node:fs';

/** Who holds a home. `started` tells a process from a later one that was given the same number. */
export interface Owner {
  pid: number;
  host: string;
  /** Of this run of the kernel; null where it has none to tell. */
  boot: string | null;
  /** When the process started, in ticks since boot; null where /proc has none to tell. */
  started: string | null;
}

/** This process as an owner. */
export function thisProcess(host: string): Owner {
  return { pid: process.pid, host, boot: bootId(), started: startOf(process.pid) };
}

/** Whether an owner still runs. Of another machine nobody can tell: it counts as running. */
export function isRunning(owner: Owner, host: string): boolean {
  if (owner.host !== host) return true;
  if (owner.boot !== bootId()) return false;
  const started = startOf(owner.pid);
  if (started !== null || owner.started !== null) return started === owner.started;
  return answersSignals(owner.pid);
}

/** An owner as it was written down; null when the text is none. */
export function readOwner(text: string): Owner | null {
  try {
    const { pid, host, boot, started } = JSON.parse(text);
    const known = Number.isInteger(pid) && pid > 0 && typeof host === 'string';
    return known ? { pid, host, boot: boot ?? null, started: started ?? null } : null;
  } catch {
    return null;
  }
}

function bootId(): string | null {
  return readQuietly('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

/** Field 22 of /proc/PID/stat (proc(5)), counted behind the name, which may hold spaces; null for no such process and for a
 * zombie, which answers to `kill -0` though it is dead. */
function startOf(pid: number): string | null {
  const stat = readQuietly(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readQuietly(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
