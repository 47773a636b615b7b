import { readFile } from 'node:fs/promises';

/** Ticks a second of the times in /proc, the same on every Linux that Node runs on (USER_HZ). */
const ticks = 100;

/** CPU seconds that this process and all children that have ended, theirs included, have used so far: the kernel adds a child's to its
 * parent's when it is waited for. */
export async function cpuSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8');
  // The name, in parentheses, may hold spaces; utime, stime, cutime and cstime are the 14th to 17th field (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticks;
}
