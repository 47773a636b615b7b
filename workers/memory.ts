type Read = (file: string) => Promise<string>;

/** Bytes that processes here may still take: of the machine, and of each control group around us that has a limit, whichever is least. Null
 * where the system does not say. Cached pages that can be dropped count as free. */
export async function freeMemory(read: Read): Promise<number | null> {
  const groups = await limitedGroups(read);
  return least([await ofMachine(read, 'MemAvailable'), ...groups.map(({ limit, used }) => limit - used)]);
}

/** Bytes that all processes here together may take, by the same. */
export async function allMemory(read: Read): Promise<number | null> {
  const groups = await limitedGroups(read);
  return least([await ofMachine(read, 'MemTotal'), ...groups.map(({ limit }) => limit)]);
}

function least(all: readonly (number | null)[]): number | null {
  const known = all.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function ofMachine(read: Read, what: string): Promise<number | null> {
  const kilobytes = new RegExp(`^${what}: +(\\d+) kB`, 'm').exec(await told(read, '/proc/meminfo'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function told(read: Read, file: string): Promise<string> {
  return read(file).catch(() => '');
}

/** The control groups around us that have a limit, in bytes; `used` without the pages that can be dropped.
 *
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.current, inactive_file), cgroup-v1/memory.html. */
async function limitedGroups(read: Read): Promise<{ limit: number; used: number }[]> {
  const limited: { limit: number; used: number }[] = [];
  for (const line of (await told(read, '/proc/self/cgroup')).split('\n')) {
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
      const limit = Number.parseInt(await told(read, `${group}/${names.limit}`), 10);
      const used = Number.parseInt(await told(read, `${group}/${names.used}`), 10);
      if (Number.isFinite(limit) && Number.isFinite(used)) {
        const stat = await told(read, `${group}/memory.stat`);
        const cached = Number(new RegExp(`^${names.cached} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
        limited.push({ limit, used: used - cached });
      }
      if (at === '' || at === '/') break;
    }
  }
  return limited;
}
