import { readdir, readFile } from 'node:fs/promises';

/** How often, in milliseconds. A look at one process with 300 MB takes 20 ms of a core, so that looks every 200 ms took a tenth of a core from what
 * was measured. */
const every = 2000;

/** Follows the memory of a process and all below it: the largest sum seen, in MB. A page that n processes share counts 1/n for each (`Pss`), so what
 * others start that run the same programs makes it less; `Pss_Anon` leaves out what is read from files. */
export function watchMemory(root: number, counted: 'Pss' | 'Pss_Anon' = 'Pss'): { stop(): Promise<number> } {
  let peak = 0;
  let over = false;
  const watching = (async () => {
    while (!over) {
      peak = Math.max(peak, await memoryBelow(root, counted));
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  })();
  return {
    async stop() {
      over = true;
      await watching;
      return peak;
    },
  };
}

async function memoryBelow(root: number, counted: 'Pss' | 'Pss_Anon'): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(/^PPid:\t(\d+)/m.exec(status)?.[1]));
  }
  const isBelow = (pid: number): boolean => pid === root || (pid > 1 && isBelow(parents.get(pid) ?? 0));
  const each = [...parents.keys()].filter(isBelow).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(new RegExp(`^${counted}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(each)).reduce((sum, megabytes) => sum + megabytes, 0);
}
