import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Config } from '../../../engine/config.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

/** Where films go, what requests may go to, and what signs call-backs. */
export async function lookAtSettings(config: Config): Promise<Finding[]> {
  return [
    await lookAtExportRoot(config.exportRoot),
    ok('import root', config.importRoot, 'files in statements must lie below it (PQL_IMPORT_ROOT)'),
    await lookAtNotifyKey(config),
    config.redisUrl === null
      ? ok('queue', 'in this process', 'REDIS_URL is not set')
      : warn(
          'queue',
          'in this process',
          'REDIS_URL is set, and is not used by this version',
          'unset REDIS_URL',
        ),
  ];
}

async function lookAtExportRoot(root: string): Promise<Finding> {
  const why = 'TO writes below it (PQL_EXPORT_ROOT)';
  const there = await stat(root).catch(() => null);
  if (!there?.isDirectory())
    return problem('export root', root, 'is no folder', 'make it or set PQL_EXPORT_ROOT');
  return access(root, constants.W_OK).then(
    () => ok('export root', root, why),
    () => problem('export root', root, 'cannot be written', 'set PQL_EXPORT_ROOT to a folder of your own'),
  );
}

/** Says where the key is, never the key: what doctor prints ends up in bug reports. */
async function lookAtNotifyKey(config: Config): Promise<Finding> {
  const why = 'receivers of NOTIFY verify with it';
  const file = join(config.home, 'notify.key');
  const made = await stat(file).catch(() => null);
  if (config.notifySecret === null && made === null)
    return ok('notify key', 'none yet', `${why}; it is made in ${file} with the first call-back`);
  const { notifyKey } = await import('../../../engine/notify-key.ts');
  try {
    const { origin } = await notifyKey(config.home, config.notifySecret);
    return ok('notify key', origin === 'home' ? `in ${file}` : 'in PQL_NOTIFY_SECRET', why);
  } catch (error) {
    return problem('notify key', 'unusable', (error as Error).message, 'mend what it says');
  }
}
