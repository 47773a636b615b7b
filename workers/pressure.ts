import { readFile } from 'node:fs/promises';
import { showBytes } from '../dsl/amounts.ts';
import { freeBytes } from '../engine/home/free-bytes.ts';

/** Why no more jobs should be begun on this machine, in words; null when there is room. `least` is what has to be free, bytes; 0 asks for
 * nothing. What cannot be measured counts as free. */
export async function pressureHere(
  folder: string,
  least: { disk: number; memory: number },
): Promise<string | null> {
  const disk = least.disk > 0 ? await freeBytes(folder) : null;
  if (disk !== null && disk < least.disk)
    return `only ${showBytes(disk)} of disk are free, and ${showBytes(least.disk)} must be (workers.disk)`;
  const memory = least.memory > 0 ? await freeMemory((file) => readFile(file, 'utf8')) : null;
  if (memory !== null && memory < least.memory)
    return `only ${showBytes(memory)} of memory are free, and ${showBytes(least.memory)} must be (workers.memory)`;
  return null;
}

/** Bytes that processes here may still take: of the machine, and of each control group around us that has a limit, whichever is least. Null
 * where the system does not say. Cached pages that can be dropped count as free.
 *
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.current, inactive_file), cgroup-v1/memory.html. */
export async function freeMemory(read: (file: string) => Promise<string>): Promise<number | null> {
  const tell = async (file: string) => read(file).catch(() => '');
  const available = /^MemAvailable: +(\d+) kB/m.exec(await tell('/proc/meminfo'))?.[1];
  const free = available === undefined ? [] : [Number(available) * 1024];
  for (const line of (await tell('/proc/self/cgroup')).split('\n')) {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const second = controllers === '';
    if (!line || !(second || controllers.split(',').includes('memory'))) continue;
    const root = second ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory';
    const names = second
      ? { limit: 'memory.max', used: 'memory.current', cached: 'inactive_file' }
      : { limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes', cached: 'total_inactive_file' };
    // In a container the path may be that of the host; then only the root is there, which is the container's own.
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const group = root + (at === '/' ? '' : at);
      const limit = Number.parseInt(await tell(`${group}/${names.limit}`), 10);
      const used = Number.parseInt(await tell(`${group}/${names.used}`), 10);
      if (Number.isFinite(limit) && Number.isFinite(used)) {
        const stat = await tell(`${group}/memory.stat`);
        const cached = Number(new RegExp(`^${names.cached} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
        free.push(limit - used + cached);
      }
      if (at === '' || at === '/') break;
    }
  }
  return free.length === 0 ? null : Math.min(...free);
}
