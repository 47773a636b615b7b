import type { Config } from '../../../engine/config.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { fileSink, type Log, openLog } from '../../../engine/log.ts';
import { openParts } from '../../../engine/open-parts.ts';
import type { Opened } from '../../../engine/opened.ts';
import type { Trouble } from '../../../engine/served.ts';

/** Opens the parts and the log that lies beside them. What goes wrong before there is a log is told when there is one. */
export async function loggedParts(
  config: Config,
  opened: Opened,
  program?: Parameters<typeof openParts>[1],
): Promise<{ local: LocalParts; log: Log }> {
  const early: Parameters<Trouble>[] = [];
  let trouble: Trouble = (...said) => void early.push(said);
  const local = opened.add(await openParts(config, program, (...said) => trouble(...said)));
  const { logLevel: level, secrets } = config;
  const log = openLog({ level, sink: fileSink(local.log), now: Date.now, secrets });
  trouble = (message, cause) => log.write('warn', message, {}, cause);
  for (const said of early) trouble(...said);
  return { local, log };
}
