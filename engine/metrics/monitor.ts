import { setTimeout as sleep } from 'node:timers/promises';
import { showBytes } from '../../dsl/amounts.ts';
import type { Config } from '../config.ts';
import type { LocalParts } from '../embedded.ts';
import { Failure } from '../failure.ts';
import { freeBytes } from '../home/free-bytes.ts';
import type { Log } from '../log.ts';
import { openTogether } from '../opened.ts';
import type { Metrics } from './port.ts';
import type { Check } from './readiness.ts';

/** What a process shows of itself while it lives. */
export interface Monitor extends AsyncDisposable {
  /** Goes into the parts that work is done with; undefined when nobody asks. */
  metrics: Metrics | undefined;
  /** Where `/metrics`, `/healthz` and `/readyz` stand; null when nobody asks. */
  address: { host: string; port: number } | null;
}

/** The embedded database writes ahead in files of 16 MiB; with less free than this nothing can be begun. */
const leastFree = 64 * 1024 * 1024;

/** Begins to count and opens the endpoint where PQL_METRICS asks for it; else does nothing and loads nothing. For a process that lives
 * long:
 *
 *     const local = opened.add(await openParts(config));
 *     const { metrics } = opened.add(await openMonitor(config, local, log));
 *     const parts = { ...local, metrics }; */
export async function openMonitor(
  config: Pick<Config, 'metrics' | 'redisUrl'>,
  parts: LocalParts,
  log: Log,
  checks: Readonly<Record<string, Check>> = {},
): Promise<Monitor> {
  const { metrics: wanted } = config;
  if (wanted === null) return { metrics: undefined, address: null, [Symbol.asyncDispose]: async () => {} };
  const [{ openPrometheus }, { openEndpoint }, { readiness }, { openLagMeter }] = await Promise.all([
    import('./prometheus.ts'),
    import('./endpoint.ts'),
    import('./readiness.ts'),
    import('./lag.ts'),
  ]);
  return openTogether(async (opened) => {
    const { metrics, type, text } = openPrometheus(parts.store);
    const lag = opened.add(openLagMeter());
    const ready = readiness({ ...usualChecks(parts, config.redisUrl), ...checks });
    const json = (status: number, value: object) => ({
      status,
      type: 'application/json',
      body: `${JSON.stringify(value)}\n`,
    });
    const said = (page: string) => (error: unknown) => {
      log.write('warn', `${page} could not be shown`, {}, error);
      throw error;
    };
    const { address } = opened.add(
      await openEndpoint(wanted, {
        '/metrics': async () => ({ status: 200, type, body: await text().catch(said('/metrics')) }),
        // Whoever reads this answer knows that the process lives; how well, the lag says.
        '/healthz': async () =>
          json(200, {
            alive: true,
            seconds: Math.round(process.uptime()),
            eventLoopMilliseconds: lag.read(),
          }),
        '/readyz': async () => {
          const found = await ready();
          return json(found.ready ? 200 : 503, found);
        },
      }),
    );
    log.write('info', 'metrics are shown', address);
    return { metrics, address, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

function usualChecks(parts: LocalParts, redisUrl: string | null): Record<string, Check> {
  return {
    // One that is away costs time, not work: no reason to be called not ready.
    ...(redisUrl === null
      ? {}
      : {
          async queue() {
            const { lookAtServer } = await import('../queue/redis.ts');
            const looked = lookAtServer(redisUrl).then(
              () => true,
              () => false,
            );
            return { reached: await Promise.race([looked, sleep(800, false, { ref: false })]) };
          },
        }),
    async database() {
      await parts.store.query('select 1');
      return {};
    },
    async disk() {
      const free = await freeBytes(parts.folder);
      if (free !== null && free < leastFree)
        throw new Failure('transient', 'PQL620', `only ${showBytes(free)} are free`);
      return { freeBytes: free };
    },
  };
}
