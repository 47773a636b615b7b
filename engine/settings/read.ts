import type { Lane } from '../../dsl/plan.ts';
import { byteAmount } from '../../dsl/values/byte-amount.ts';
import type { SettingEntry } from '../../dsl/world.ts';
import { type AllowList, parseAllowList } from '../egress/allow.ts';
import type { Queries } from '../store/port.ts';
import type { SettingSpec } from './specs.ts';

/** Where settings of the whole installation are kept: the workspace of the person at the machine. */
export const installation = 'local';

/** What a workspace reads instead of a discreet setting's value. */
const elsewhere = 'set at the machine';

/** All settings by name with the values they have for a workspace. A stored value that is not valid any more counts as the default. */
export async function readSettings(
  queries: Queries,
  workspace: string,
  specs: readonly SettingSpec[],
): Promise<ReadonlyMap<string, SettingEntry>> {
  const rows = await queries.query<{ workspace: string; name: string; value: string }>(
    'select workspace, name, value from settings where workspace = $1 or workspace = $2',
    [workspace, installation],
  );
  return new Map(
    specs.map(({ default: usual, scope, by: _, discreet = false, problem, ...entry }) => {
      const keeper = scope === 'installation' ? installation : workspace;
      const stored = rows.find((row) => row.name === entry.name && row.workspace === keeper)?.value;
      const value = stored !== undefined && problem(stored, keeper) === null ? stored : usual;
      const shown = discreet && value !== usual && workspace !== installation ? elsewhere : value;
      return [entry.name, { ...entry, value: shown }] as const;
    }),
  );
}

/** The hosts of `egress.allow`, for the door (engine/egress/door.ts). */
export async function readAllowList(queries: Queries, specs: readonly SettingSpec[]): Promise<AllowList> {
  const value = (await readSettings(queries, installation, specs)).get('egress.allow')?.value ?? 'none';
  return value === 'none' ? [] : parseAllowList(value).allow;
}

/** How many jobs of each lane run at the same time. */
export async function readLanes(
  queries: Queries,
  specs: readonly SettingSpec[],
): Promise<Record<Lane, number>> {
  const settings = await readSettings(queries, installation, specs);
  const slots = (lane: Lane) => Number(settings.get(`lanes.${lane}`)?.value ?? 1);
  return { cpu: slots('cpu'), gpu: slots('gpu'), net: slots('net') };
}

/** What has to be free where a worker takes jobs, bytes. */
export async function readLeastFree(
  queries: Queries,
  specs: readonly SettingSpec[],
): Promise<{ disk: number; memory: number }> {
  const settings = await readSettings(queries, installation, specs);
  const least = (name: string) => byteAmount(settings.get(`workers.${name}`)?.value ?? '') ?? 0;
  return { disk: least('disk'), memory: least('memory') };
}
