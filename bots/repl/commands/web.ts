import { exitStatus } from '../../outcome.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';
import { stopSignals } from '../stop-signals.ts';

/** `pql web`: serves the pages for people outside the chats until SIGTERM or SIGINT; then takes nothing new and lets films on their way end for
 * ten seconds. A second signal ends it at once. */
export async function web(flags: Flags, setting: Setting): Promise<number> {
  const { config, process, terminal } = setting;
  if (config.web === null)
    throw new ArgumentError(
      'PQL_WEB does not say where to listen',
      'PQL_WEB=127.0.0.1:8080 pql web, behind a proxy that has the certificate; PQL_PUBLIC_URL is how people reach it',
    );
  const stop = stopSignals(process);
  try {
    const { openPages } = await import('../wiring/web.ts');
    const pages = await openPages(config, setting.environment);
    const { host, port } = pages.address;
    const at = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    terminal.out.write(
      flags.json
        ? `${JSON.stringify({ type: 'serving', url: at, public: config.publicUrl })}\n`
        : `serving pages at ${at}, reached as ${config.publicUrl ?? 'nothing: PQL_PUBLIC_URL is not set, so no links are given out'}\n`,
    );
    await stop.first;
    stop.second.addEventListener('abort', () => pages.hurry());
    await pages[Symbol.asyncDispose]();
    return exitStatus.done;
  } finally {
    stop[Symbol.dispose]();
  }
}
