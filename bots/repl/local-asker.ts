import type { Asker } from '../../engine/asker.ts';
import type { Config } from '../../engine/config.ts';

/** The person at this machine: may do everything, reads from and writes to their own folders. */
export function localAsker(config: Config): Asker {
  return {
    workspace: 'local',
    user: config.user,
    roles: ['asker', 'moderator', 'admin'],
    importRoot: config.importRoot,
    exportRoot: config.exportRoot,
  };
}
