import { readdir, readFile } from 'node:fs/promises';

/** Ids of the processes that `parent` started and whose command line matches. */
export async function childrenOf(parent: number, command: RegExp): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (command.test(line) && status.includes(`\nPPid:\t${parent}\n`)) found.push(Number(pid));
  }
  return found;
}
