import { createHash } from 'node:crypto';

import type { Ask, Attachment, Said } from '../../bots/presenter/ask.ts';
import { createPresenter } from '../../bots/presenter/create-presenter.ts';
import type { Presenter } from '../../bots/presenter/presenter.ts';
import type { PresenterTools } from '../../bots/presenter/tools.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import type { Asker } from '../../engine/asker.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Claimed, claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import type { Log } from '../../engine/log.ts';
import { createCompile } from '../../engine/look-up/compile.ts';
import { openFileLooker } from '../../engine/look-up/files.ts';
import { namesIn } from '../../engine/look-up/media.ts';
import { openNews } from '../../engine/news.ts';
import { openEngine } from '../../engine/open.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { readSettings } from '../../engine/settings/read.ts';
import { settingSpecs } from '../../engine/settings/specs.ts';
import type { Store } from '../../engine/store/port.ts';
import { signOfLife } from '../../engine/workers/presence.ts';
import { explaining } from './explaining.ts';
import { type MemoryArtifacts, memoryArtifacts } from './memory-artifacts.ts';

/** A chat's side of the presenter over a real engine, whose jobs are done by hand. */
export interface FakeChat {
  presenter: Presenter;
  engine: Engine;
  parts: Parts & { artifacts: MemoryArtifacts };
  /** Milliseconds since 1970; moved by tests. */
  clock: { now: number };
  logged: string[];
  /** Says something as a new interaction. */
  ask(asker: Asker, said: Said | string, more?: Partial<Ask>): Ask;
  take(): Promise<Claimed>;
  /** Does the next job: four seconds of video, other bytes for another job. */
  work(facts?: Partial<VideoFacts>): Promise<Claimed>;
}

export const clipFacts: VideoFacts = {
  kind: 'video',
  container: 'mp4',
  bytes: 3_100_000,
  duration: 4,
  frames: 96,
  width: 1280,
  height: 720,
  rate: { num: 24, den: 1 },
  codec: 'h264',
  pixelFormat: 'yuv420p',
  rotation: 0,
  audio: null,
};

const models = [{ name: 'esrgan-slim', digest: 'ab'.repeat(32), task: 'upscale', factors: [2, 4] }];
const abilities = { models, defaultModels: { upscale: 'esrgan-slim' }, generators: ['storyboard'] };
const operations = ['generate', 'enhance', 'stitch', 'trim', 'probe'];

/** Opens one over a store. `keeper` names the process. */
export async function fakeChat(
  store: Store,
  keeper = 'one',
  more: Partial<PresenterTools> & Pick<Parts, 'consent'> = {},
): Promise<FakeChat> {
  const { consent, ...others } = more;
  const parts = {
    ...{ store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() },
    ...(consent && { consent }),
  };
  const specs = settingSpecs(2);
  const settings = (workspace: string) => readSettings(store, workspace, specs);
  const ways = createCompile(
    parts,
    {
      ...{ store, catalogue, abilities, settings, folder: '/nowhere' },
      files: openFileLooker({
        probe: () => Promise.reject(new Error('no files here')),
        recipe: async () => null,
      }),
      egress: { check: async () => null, request: () => Promise.reject(new Error('nothing goes out')) },
    },
    '/nowhere',
  );
  const command = createCommands({ parts, catalogue, abilities, settings: specs });
  const engine = openEngine(parts, { ...ways, command, explaining: explaining() });
  const clock = { now: Date.UTC(2026, 10, 28, 12) };
  const logged: string[] = [];
  const log: Log = {
    write: (level, message, _detail, cause) => void logged.push(`${level}: ${message} ${cause ?? ''}`),
    with: () => log,
  };
  await alive(store);
  const presenter = createPresenter({
    ...{ engine, parts, catalogue, settings, log, keeper },
    world: async (asker) => ({
      ...{ media: new Map(), files: new Map(), destinations: new Map(), queries: new Map(), urls: new Map() },
      ...abilities,
      settings: await settings(asker.workspace),
      names: await namesIn(store, asker.workspace),
    }),
    take: async () => ({ code: 'PQL420', message: 'nothing can be fetched here', hint: null }),
    read: async () => ({ code: 'PQL443', message: 'nothing can be fetched here', hint: null }),
    prepare: (plan) => plan,
    now: () => new Date(clock.now),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    exports: '/exports',
    ...others,
  });
  return {
    ...{ presenter, engine, parts, clock, logged },
    ask: (asker, said, rest = {}) => ({
      ...{ surface: 'discord', asker, attachments: [] as Attachment[], fileLimit: 10_485_760 },
      id: crypto.randomUUID(),
      place: { channel: 'C1', thread: null, message: null },
      said: typeof said === 'string' ? { type: 'text', text: said } : said,
      ...rest,
    }),
    take: () => take(store),
    async work(facts = {}) {
      const job = await take(store);
      const hash = parts.artifacts.keep(
        createHash('sha256')
          .update(
            `${job.operation} ${JSON.stringify(job.arguments)} ${JSON.stringify(job.inputs.map((input) => input.hash))}`,
          )
          .digest('hex'),
      );
      const made = { ...clipFacts, ...facts };
      await complete(parts, job, {
        type: 'made',
        hash,
        bytes: made.bytes,
        kind: 'video',
        facts: made,
        notes: [],
        details: {},
      });
      return job;
    },
  };
}

/** Somebody in a guild. */
export function member(guild: string, user: string, roles: Asker['roles'] = ['asker']): Asker {
  return {
    workspace: `discord:${guild}`,
    user: `discord:${user}`,
    roles,
    importRoot: null,
    exportRoot: '/exports/x',
  };
}

async function take(store: Store): Promise<Claimed> {
  for (const lane of ['cpu', 'gpu'] as const) {
    const job = await claim(store, { lane, operations, worker: 'hand', lease: 60_000 });
    if (job !== null) return job;
  }
  throw new Error('nothing to claim');
}

/** A worker who can do all of it lives, so that nobody says that nobody does. */
async function alive(store: Store): Promise<void> {
  const versions = Object.fromEntries(
    operations.map((name) => {
      const operation = catalogue.get(name.toUpperCase());
      return [name, operation?.runs === 'job' ? operation.version : 1];
    }),
  );
  const can = {
    operations: versions,
    models: models.map(({ digest }) => digest),
    provider: 'cpu',
    schema: '9999',
  };
  const about = { id: 'hand', host: 'here', pid: 1, slots: { cpu: 1, gpu: 1 }, can };
  await signOfLife(store, about, { draining: false, pressure: null });
}
