import { showBytes } from '../../dsl/amounts.ts';
import type { Asker } from '../asker.ts';
import type { Queries } from '../store/port.ts';
import { readLimits } from './limits.ts';
import { bytesKept, minutesUsed } from './used.ts';

/** How much is used of each limit that holds for an asker, by the name of its setting, in words. */
export async function usedNow(
  queries: Queries,
  { workspace, user }: Pick<Asker, 'workspace' | 'user'>,
): Promise<ReadonlyMap<string, string>> {
  const { minutes, bytes } = await readLimits(queries, workspace);
  const used = new Map<string, string>();
  for (const who of ['workspace', 'asker'] as const) {
    const asker = who === 'asker' ? user : '';
    const whose = who === 'asker' ? 'you' : 'this workspace';
    if (minutes[who] !== null) {
      const spent = Math.floor((await minutesUsed(queries, workspace, asker)).minutes);
      used.set(`minutes.${who}`, `${whose} used ${spent} by now`);
    }
    if (bytes[who] !== null) {
      const kept = showBytes(await bytesKept(queries, workspace, asker));
      used.set(`bytes.${who}`, `${whose} ${who === 'asker' ? 'keep' : 'keeps'} ${kept} now`);
    }
  }
  return used;
}
