import { readFileSync } from 'node:fs';

/** Whether a process is dead, or a zombie that only waits to be reaped. */
export function isGone(pid: number): boolean {
  try {
    return /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
