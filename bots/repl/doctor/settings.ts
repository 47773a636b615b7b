import { access, constants, stat } from 'node:fs/promises';

import type { Config } from '../../../engine/config.ts';
import { type Finding, ok, problem } from './finding.ts';

/** Where films go, what requests may go to, and what signs call-backs. */
export async function lookAtSettings(config: Config): Promise<Finding[]> {
  return [
    await lookAtExportRoot(config.exportRoot),
    ok('import root', config.importRoot, 'files in statements must lie below it (PQL_IMPORT_ROOT)'),
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
