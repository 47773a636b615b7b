import { availableParallelism, hostname } from 'node:os';

import { catalogue } from '../../../dsl/catalogue.ts';
import type { World } from '../../../dsl/world.ts';
import type { Asker } from '../../../engine/asker.ts';
import { createRead, type Read } from '../../../engine/attachments/read.ts';
import { createTake, type Take } from '../../../engine/attachments/take.ts';
import { createCommands } from '../../../engine/commands/commands.ts';
import type { Config } from '../../../engine/config.ts';
import { largestEvidence } from '../../../engine/consent/grants/evidence.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import type { Engine } from '../../../engine/engine.ts';
import { freeBytes } from '../../../engine/home/free-bytes.ts';
import { findRun } from '../../../engine/jobs/run-row.ts';
import { loadDatabase } from '../../../engine/load-database.ts';
import type { Log } from '../../../engine/log.ts';
import { createCompile } from '../../../engine/look-up/compile.ts';
import { storedFileMemory } from '../../../engine/look-up/file-memory.ts';
import { openFileLooker } from '../../../engine/look-up/files.ts';
import { namesIn } from '../../../engine/look-up/media.ts';
import { countedEgress } from '../../../engine/metrics/counted-egress.ts';
import { openEngine } from '../../../engine/open.ts';
import { type Opened, openTogether } from '../../../engine/opened.ts';
import { readAllowList, readLanes, readSettings } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import { unserved } from '../../../engine/workers/unserved.ts';
import { abilities } from './abilities.ts';
import { localConsent } from './consent.ts';
import { lazyEgress } from './egress.ts';
import { loggedParts } from './logged-parts.ts';
import { lazyProber, mediaTools } from './media.ts';
import type { Environment } from './models.ts';

/** The engine of this machine: a home that this process holds, and lanes that start with the first work, since most commands need none. */
export interface LocalEngine extends Engine {
  /** Goes on with what an earlier process left unfinished, if there is any. */
  resume(): Promise<void>;
  /** What completion is told: names and settings, without looking at any file. */
  world(asker: Asker): Promise<World>;
  /** Loads what works here at once, where waiting for the first statement would make its asker wait. */
  begin(): Promise<void>;
  parts: LocalParts;
  log: Log;
  settings(workspace: string): ReturnType<typeof readSettings>;
  /** Brings a file from outside into a workspace. */
  take: Take;
  /** Reads a file that somebody attached as evidence. */
  read: Read;
}

/** Opens the home (or the server's database) and everything above it. What is heavy (ffmpeg, networks, the renderer) is loaded when it is
 * needed. */
export async function openLocal(
  config: Config,
  environment: Environment,
  options: {
    /** Where loading the embedded database was begun before. */
    program?: ReturnType<typeof loadDatabase>;
    /** False where jobs are left to workers elsewhere. */
    work?: boolean;
    /** Told what keeps work that was left to others from beginning. */
    say?: (text: string) => void;
    /** Whether the process lives long, and shows its metrics where PQL_METRICS says. */
    monitored?: boolean;
  } = {},
): Promise<LocalEngine> {
  const { program = loadDatabase(config), work: worksHere = true, monitored = false } = options;
  return openTogether(async (opened) => {
    const { local, log } = await loggedParts(config, opened, { program });
    const metrics = monitored ? await countedWhere(config, local, log, opened) : undefined;
    const parts: LocalParts = { ...local, metrics, consent: localConsent(config, local, environment) };
    const media = mediaTools(config, environment.PATH);
    const prober = lazyProber(media);
    const specs = settingSpecs(availableParallelism());
    const settings = (workspace: string) => readSettings(parts.store, workspace, specs);
    const egress = countedEgress(
      lazyEgress(() => readAllowList(parts.store, specs)),
      parts.metrics,
    );
    const ways = createCompile(
      parts,
      {
        store: parts.store,
        files: openFileLooker(prober, { memory: storedFileMemory(parts.store, hostname()) }),
        egress,
        catalogue,
        abilities: abilities(),
        settings,
        folder: config.folder,
      },
      parts.scratch,
    );
    const engine = openEngine(parts, {
      ...ways,
      command: createCommands({
        parts,
        catalogue,
        abilities: abilities(),
        settings: specs,
        publicUrl: config.publicUrl,
        folder: config.folder,
      }),
      explaining: {
        catalogue,
        slots: () => readLanes(parts.store, specs),
        free: () => freeBytes(parts.folder),
      },
    });
    let lanes: Promise<unknown> | null = null;
    const work = () => {
      if (!worksHere) return null;
      lanes ??= import('./lanes.ts').then(async ({ startLocalLanes }) =>
        opened.add(
          await startLocalLanes(parts, {
            config,
            environment,
            media: await media(),
            prober,
            egress,
            log,
            slots: await readLanes(parts.store, specs),
          }),
        ),
      );
      return lanes;
    };
    return {
      ...engine,
      parts,
      log,
      settings,
      take: createTake({ ...parts, egress, prober }),
      read: createRead({ ...parts, egress, bytes: largestEvidence }),
      begin: async () => void (await work()),
      async submit(plan, asker, along) {
        await work();
        const submitted = await engine.submit(plan, asker, along);
        if (!worksHere) options.say?.(await whyItWaits(parts, submitted.group, asker));
        return submitted;
      },
      async command(command, asker, options) {
        const answer = await engine.command(command, asker, options);
        // RETRY makes work.
        if (answer.type === 'text' && answer.follow !== undefined) await work();
        return answer;
      },
      async resume() {
        if (await hasUnfinished(parts)) await work();
      },
      world: async (asker) => ({
        media: new Map(),
        files: new Map(),
        destinations: new Map(),
        queries: new Map(),
        urls: new Map(),
        ...abilities(),
        settings: await settings(asker.workspace),
        names: await namesIn(parts.store, asker.workspace),
      }),
      async [Symbol.asyncDispose]() {
        await lanes?.catch(() => {});
        await opened[Symbol.asyncDispose]();
      },
    };
  });
}

/** In a line for each lane; empty where somebody takes the jobs. */
async function whyItWaits({ store }: LocalParts, group: string, { workspace }: Asker): Promise<string> {
  const run = await findRun(store, workspace, Number(group.slice(1)));
  const reasons = run === null ? [] : [...(await unserved(store, { run })).values()].flat();
  return [...new Set(reasons)].map((reason) => `${group} ${reason}\n`).join('');
}

/** Loaded only where somebody asks for it. */
async function countedWhere(config: Config, parts: LocalParts, log: Log, opened: Opened) {
  if (config.metrics === null) return undefined;
  const { openMonitor } = await import('../../../engine/metrics/monitor.ts');
  return opened.add(await openMonitor(config, parts, log)).metrics;
}

async function hasUnfinished(parts: LocalParts): Promise<boolean> {
  const rows = await parts.store.query(`select 1 from runs where state = 'running' limit 1`);
  return rows.length > 0;
}
