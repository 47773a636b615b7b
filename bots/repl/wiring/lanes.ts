import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';

import type { Lane } from '../../../dsl/plan.ts';
import type { Config } from '../../../engine/config.ts';
import type { Egress } from '../../../engine/egress/door.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import type { Log } from '../../../engine/log.ts';
import { notifyKey } from '../../../engine/notify-key.ts';
import type { Prober } from '../../../engine/prober.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';
import { createHandlers } from '../../../workers/handlers.ts';
import { startLanes } from '../../../workers/lanes.ts';
import { type Environment, openModels } from './models.ts';

export interface LocalWork {
  config: Config;
  environment: Environment;
  media: MediaTools;
  prober: Prober;
  egress: Egress;
  log: Log;
  /** How many jobs of each lane run at the same time. */
  slots: Readonly<Record<Lane, number>>;
}

/** Starts the lanes of this process. */
export async function startLocalLanes(parts: LocalParts, work: LocalWork): Promise<AsyncDisposable> {
  const { config, environment, log } = work;
  const handlers = createHandlers({
    ...work,
    models: openModels(config, environment),
    probeProviders: async () => {
      const [{ probeProviders }, { probedMachine, rememberedProbe }] = await Promise.all([
        import('../../../workers/onnx/probe.ts'),
        import('../../../workers/onnx/remembered-probe.ts'),
      ]);
      const file = join(config.home, 'providers.json');
      return rememberedProbe({ file, machine: await probedMachine(), probe: () => probeProviders() });
    },
    notifyKey: async () => (await notifyKey(config.home, config.notifySecret)).bytes,
    cores: availableParallelism(),
  });
  return startLanes(parts, {
    handlers,
    slots: work.slots,
    scratch: parts.scratch,
    worker: `${hostname()}:${process.pid}`,
    log,
  });
}
