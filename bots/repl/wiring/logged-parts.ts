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
  more: {
    program?: Parameters<typeof openParts>[1];
    /** Told what goes wrong as well, in words. */
    trouble?: (message: string) => void;
  } = {},
): Promise<{ local: LocalParts; log: Log }> {
  const early: Parameters<Trouble>[] = [];
  let keep: Trouble = (...said) => void early.push(said);
  const trouble: Trouble = (message, cause) => {
    more.trouble?.(message);
    keep(message, cause);
  };
  const local = opened.add(await openParts(config, more.program, trouble));
  const { logLevel: level, secrets } = config;
  const log = openLog({ level, sink: fileSink(local.log), now: Date.now, secrets });
  keep = (message, cause) => log.write('warn', message, {}, cause);
  for (const said of early) keep(...said);
  if (config.traces === null) return { local, log };
  // Loaded only where somebody asks for them.
  const [{ openTraces }, { identityOf }] = await Promise.all([
    import('../../../engine/traces/traces.ts'),
    import('../../../engine/served.ts'),
  ]);
  const traces = opened.add(openTraces(config.traces, { identity: await identityOf(local.store), log }));
  return { local: { ...local, traces }, log };
}
