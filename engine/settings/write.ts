import type { Asker } from '../asker.ts';
import { lockWorkspace } from '../media.ts';
import type { Store } from '../store/port.ts';
import { installation } from './read.ts';
import type { SettingSpec } from './specs.ts';

/** Why a setting was not changed. */
export interface SettingRefused {
  code: string;
  message: string;
  hint: string;
}

/** Changes a setting; the default is kept as no row at all, so that a better default reaches those who never chose. */
export async function writeSetting(
  store: Store,
  asker: Asker,
  specs: readonly SettingSpec[],
  name: string,
  value: string,
): Promise<SettingRefused | null> {
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined)
    return {
      code: 'PQL309',
      message: `there is no setting ${name}`,
      hint: 'SHOW SETTINGS lists the settings',
    };
  const denied = denial(asker, spec);
  if (denied !== null) return denied;
  const chosen = value.trim() === '' ? 'none' : value.trim();
  const workspace = spec.scope === 'installation' ? installation : asker.workspace;
  const problem = spec.problem(chosen, workspace);
  if (problem !== null) return { code: 'PQL450', message: `${name}: ${problem}`, hint: spec.help };
  await store.transaction(async (queries) => {
    await lockWorkspace(queries, workspace);
    await queries.query('delete from settings where workspace = $1 and name = $2', [workspace, name]);
    if (chosen !== spec.default)
      await queries.query('insert into settings (workspace, name, value) values ($1, $2, $3)', [
        workspace,
        name,
        chosen,
      ]);
  });
  return null;
}

/** An admin of a chat workspace is nobody on this machine: what opens its network or its processors is decided at the machine. */
function denial({ workspace, roles }: Asker, { name, scope, by }: SettingSpec): SettingRefused | null {
  if (scope === 'installation' && (workspace !== installation || !roles.includes('admin')))
    return {
      code: 'PQL504',
      message: `${name} is for all workspaces together and cannot be changed from here`,
      hint: 'whoever runs this WatchAI can change it at the machine: pql',
    };
  if (by === 'admin' && !roles.includes('admin'))
    return { code: 'PQL504', message: `${name} may be changed by admins`, hint: 'ask one of them' };
  if (scope === 'workspace' && !roles.includes('moderator') && !roles.includes('admin'))
    return { code: 'PQL504', message: `${name} may be changed by moderators`, hint: 'ask one of them' };
  return null;
}
