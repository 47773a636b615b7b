import { availableParallelism } from 'node:os';

import type { Lane } from '../../../dsl/plan.ts';
import type { Config } from '../../../engine/config.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { countedEgress } from '../../../engine/metrics/counted-egress.ts';
import { openMonitor } from '../../../engine/metrics/monitor.ts';
import { openTogether } from '../../../engine/opened.ts';
import { readAllowList, readLanes, readLeastFree } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import type { Lanes, LanesNews } from '../../../workers/lanes.ts';
import { pressureHere } from '../../../workers/pressure.ts';
import { localConsent } from './consent.ts';
import { lazyEgress } from './egress.ts';
import { memoryForJob, probeOnce, startLocalLanes } from './lanes.ts';
import { loggedParts } from './logged-parts.ts';
import { lazyProber, mediaTools } from './media.ts';
import type { Environment } from './models.ts';

export interface WorkerWishes {
  /** How it is listed. */
  name: string | null;
  /** The lanes it serves; null for all. */
  lanes: readonly Lane[] | null;
  /** How many jobs of each lane at the same time, where that differs from the settings. */
  slots: Readonly<Partial<Record<Lane, number>>>;
  told(news: LanesNews): void;
  /** Told in words what is wrong that the work goes on without. */
  trouble(message: string): void;
}

/** A worker that has begun. */
export interface RunningWorker extends Pick<Lanes, 'drain'>, AsyncDisposable {
  id: string;
  /** How many jobs of each lane it runs at the same time. */
  slots: Readonly<Partial<Record<Lane, number>>>;
  /** Where its networks run; null when nothing here can run one. */
  provider: string | null;
}

/** Opens the server's database and begins to work. `networks` are tried before the first claim, so that no job is taken that cannot be done. */
export async function openWorker(
  config: Config,
  environment: Environment,
  wishes: WorkerWishes,
): Promise<RunningWorker> {
  return openTogether(async (opened) => {
    const { local, log } = await loggedParts(config, opened, { trouble: wishes.trouble });
    const { metrics } = opened.add(await openMonitor(config, local, log));
    const parts: LocalParts = { ...local, metrics, consent: localConsent(config, local, environment) };
    const media = mediaTools(config, environment.PATH);
    const specs = settingSpecs(availableParallelism());
    const usual = await readLanes(parts.store, specs);
    const lanes = wishes.lanes ?? (Object.keys(usual) as Lane[]);
    const slots = Object.fromEntries(lanes.map((lane) => [lane, wishes.slots[lane] ?? usual[lane]]));
    const reports = lanes.includes('gpu') ? await probeOnce(config) : [];
    const { fastest } = await import('../../../workers/onnx/probe.ts');
    const works = reports.some((report) => report.works);
    const provider = works ? fastest(reports) : null;
    const memory = provider === null ? null : await memoryForJob(provider, slots.gpu ?? 1);
    const running = opened.add(
      await startLocalLanes(
        parts,
        {
          config,
          environment,
          media: await media(),
          prober: lazyProber(media),
          egress: countedEgress(
            lazyEgress(() => readAllowList(parts.store, specs)),
            metrics,
          ),
          log,
          slots,
        },
        {
          name: wishes.name,
          networks: { works, provider, memory },
          told: wishes.told,
          // Asked anew each time, so that SET is heard at once.
          pressure: async () => pressureHere(parts.folder, await readLeastFree(parts.store, specs)),
        },
      ),
    );
    return {
      id: running.worker,
      slots,
      provider,
      drain: (milliseconds, signal) => running.drain(milliseconds, signal),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}
