import { byteAmount } from '../../dsl/values/byte-amount.ts';
import { installation } from '../settings/read.ts';
import type { Queries } from '../store/port.ts';

/** What a workspace, one of its askers and one run may use; null for no limit. */
export interface Limits {
  /** Of workers, in 24 hours. */
  minutes: { workspace: number | null; asker: number | null };
  /** Of what is kept. */
  bytes: { workspace: number | null; asker: number | null; run: number | null };
}

/** Who decides about a limit, in a hint. */
export const changedBy = {
  workspace: 'whoever runs this WatchAI can change it at the machine',
  asker: 'moderators can change it',
  run: 'whoever runs this WatchAI can change it at the machine',
} as const;

/** The limits that hold for a workspace. A stored value that is not valid any more is no limit. */
export async function readLimits(queries: Queries, workspace: string): Promise<Limits> {
  const rows = await queries.query<{ name: string; value: string }>(
    `select name, value from settings
     where (workspace = $1 and name in ('minutes.workspace', 'bytes.workspace', 'bytes.run'))
        or (workspace = $2 and name in ('minutes.asker', 'bytes.asker'))`,
    [installation, workspace],
  );
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? '';
  const minutes = (name: string) => (/^[1-9]\d*$/.test(value(name)) ? Number(value(name)) : null);
  const bytes = (name: string) => byteAmount(value(name)) || null;
  return {
    minutes: { workspace: minutes('minutes.workspace'), asker: minutes('minutes.asker') },
    bytes: {
      workspace: bytes('bytes.workspace'),
      asker: bytes('bytes.asker'),
      run: bytes('bytes.run'),
    },
  };
}
