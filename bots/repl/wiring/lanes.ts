import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';

import { catalogue } from '../../../dsl/catalogue.ts';
import type { Lane } from '../../../dsl/plan.ts';
import type { Config } from '../../../engine/config.ts';
import { findPreview } from '../../../engine/delivery/previews.ts';
import type { Egress } from '../../../engine/egress/door.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import type { Log } from '../../../engine/log.ts';
import { newestMigration } from '../../../engine/migrate.ts';
import { notifyKey } from '../../../engine/notify-key.ts';
import type { Prober } from '../../../engine/prober.ts';
import { knownVersions } from '../../../engine/workers/capabilities.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';
import { createHandlers } from '../../../workers/handlers.ts';
import { type Lanes, type LanesOptions, startLanes } from '../../../workers/lanes.ts';
import { modelEntries } from '../../../workers/models/manifest.ts';
import type { ProviderReport } from '../../../workers/onnx/probe.ts';
import type { Provider } from '../../../workers/onnx/provider.ts';
import { type Environment, openModels } from './models.ts';
import { leaveFrom, readMarksBy, readToldBy } from './provenance.ts';

export interface LocalWork {
  config: Config;
  environment: Environment;
  media: MediaTools;
  prober: Prober;
  egress: Egress;
  log: Log;
  /** How many jobs of each lane run at the same time. */
  slots: Readonly<Partial<Record<Lane, number>>>;
}

/** What a process that is nothing but a worker has beside that. */
export interface WorkerWork extends Pick<LanesOptions, 'pressure' | 'told'> {
  /** How it is listed; the machine's name when nobody chose one. */
  name: string | null;
  /** Where its networks run, or that they cannot. */
  networks: { works: boolean; provider: string | null; memory: number | null };
}

/** Starts the lanes of this process. */
export async function startLocalLanes(
  parts: LocalParts,
  work: LocalWork,
  worker: WorkerWork = { name: null, networks: { works: true, provider: null, memory: null } },
): Promise<Lanes> {
  const { config, environment, log } = work;
  const leave = leaveFrom(config, parts);
  const handlers = createHandlers({
    ...work,
    models: openModels(config, environment),
    probeProviders: () => probeOnce(config),
    notifyKey: async () => (await notifyKey(config.home, config.notifySecret)).bytes,
    hasPreview: async (workspace, of, fits) => {
      const preview = await findPreview(parts.store, workspace, of, fits);
      return preview !== null && parts.artifacts.has(preview.hash);
    },
    giveOut: async (input, { workspace, scratch, signal }) => {
      const reader = { scratch, signal };
      const { hash, bytes, notes = [] } = await leave(workspace, input, reader);
      return {
        notes,
        hash,
        bytes,
        path: hash === input.hash ? input.path : await parts.artifacts.path(hash, reader),
      };
    },
    readTold: readToldBy(config, parts.store),
    readMarks: readMarksBy(work.media, parts.store),
    cores: availableParallelism(),
  });
  const { name, networks, ...more } = worker;
  // Containers may share their host's name and all be process 1.
  const id = `${name ?? hostname()}.${randomBytes(3).toString('hex')}`;
  return startLanes(parts, {
    handlers,
    slots: work.slots,
    scratch: parts.scratch,
    worker: id,
    about: {
      host: hostname(),
      pid: process.pid,
      can: {
        operations: knownVersions(catalogue, Object.keys(handlers)),
        // Those that are not here yet are fetched when they are first needed.
        models: networks.works ? modelEntries().map(({ digest }) => digest) : [],
        provider: networks.provider,
        memory: networks.memory,
        schema: await newestMigration(),
      },
    },
    // Several processes on one server, and no queue between them.
    deaf: config.databaseUrl !== null && config.redisUrl === null,
    log: log.with({ worker: id }),
    ...more,
  });
}

/** Bytes that the networks of one job may take here, beside those of so many others; null where that cannot be known. On the CPU they take of
 * the machine's memory, twice what one process takes. */
export async function memoryForJob(provider: Provider, jobs: number): Promise<number | null> {
  const [{ gpuMemory, toldBy }, { allMemory }, { processesOf }] = await Promise.all([
    import('../../../workers/onnx/gpu-memory.ts'),
    import('../../../workers/memory.ts'),
    import('../../../workers/enhance/networks.ts'),
  ]);
  const all =
    provider === 'cpu'
      ? await allMemory((file) => readFile(file, 'utf8'))
      : await gpuMemory(provider, { told: toldBy, cards: memoryOfCards });
  const processes = processesOf({ provider, cores: availableParallelism() });
  return all === null ? null : Math.floor(all / (processes * Math.max(1, jobs)));
}

/** As the kernel tells it of each card, where its driver does. */
async function memoryOfCards(): Promise<string[]> {
  const cards = await readdir('/sys/class/drm').catch(() => []);
  return Promise.all(
    cards.map((card) =>
      readFile(`/sys/class/drm/${card}/device/mem_info_vram_total`, 'utf8').catch(() => ''),
    ),
  );
}

/** Which execution providers work here, tried once a machine. */
export async function probeOnce(config: Config): Promise<ProviderReport[]> {
  const [{ probeProviders }, { probedMachine, rememberedProbe }] = await Promise.all([
    import('../../../workers/onnx/probe.ts'),
    import('../../../workers/onnx/remembered-probe.ts'),
  ]);
  const file = join(config.home, 'providers.json');
  return rememberedProbe({ file, machine: await probedMachine(), probe: () => probeProviders() });
}
