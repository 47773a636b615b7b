import { showBytes, showSeconds } from '../../dsl/amounts.ts';
import type { DiagnosticCode } from '../../dsl/diagnostic.ts';
import type { Asker } from '../asker.ts';
import type { Queries } from '../store/port.ts';
import { changedBy, readLimits } from './limits.ts';
import { bytesKept, minutesUsed } from './used.ts';

/** Why nothing new of somebody is accepted now. */
export interface Refusal {
  code: DiagnosticCode;
  message: string;
  hint: string;
}

/** Why nothing new of an asker is accepted now: more was used, or is kept, than may be (PQL520, PQL521). Null when it is. Where nothing is
 * limited it costs one look at the settings. */
export async function refusal(
  queries: Queries,
  { workspace, user }: Pick<Asker, 'workspace' | 'user'>,
): Promise<Refusal | null> {
  const { minutes, bytes } = await readLimits(queries, workspace);
  for (const who of ['asker', 'workspace'] as const) {
    const asker = who === 'asker' ? user : '';
    // Who is not known by a name is limited by the workspace only.
    if (who === 'asker' && asker === '') continue;
    const most = minutes[who];
    if (most !== null) {
      const used = await minutesUsed(queries, workspace, asker);
      if (used.minutes >= most) return spent(who, used.minutes, most, used.until(most));
    }
    const room = bytes[who];
    if (room !== null) {
      const kept = await bytesKept(queries, workspace, asker);
      if (kept >= room) return full(who, kept, room);
    }
  }
  return null;
}

function spent(who: 'asker' | 'workspace', used: number, most: number, seconds: number): Refusal {
  const whose = who === 'asker' ? 'you have' : 'this workspace has';
  return {
    code: 'PQL520',
    message: `${whose} used ${Math.floor(used)} minutes of work in the last 24 hours, and ${most} are allowed`,
    hint: `some are free again in ${showSeconds(Math.ceil(seconds))}; ${changedBy[who]}: SET minutes.${who}`,
  };
}

function full(who: 'asker' | 'workspace', kept: number, room: number): Refusal {
  const whose = who === 'asker' ? 'you keep' : 'this workspace keeps';
  return {
    code: 'PQL521',
    message: `${whose} ${showBytes(kept)}, and ${showBytes(room)} are allowed`,
    hint: `REMOVE what is not needed any more (SHOW MEDIA lists it), and there is room at once; ${changedBy[who]}: SET bytes.${who}`,
  };
}
