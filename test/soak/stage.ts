import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LocalParts } from '../../engine/embedded.ts';
import { type Opened, openTogether } from '../../engine/opened.ts';
import { openServed } from '../../engine/served.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { runFfmpeg } from '../../workers/ffmpeg/run.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { type QueueServer, startQueueServer } from '../fakes/queue-server.ts';
import { runScript, type Script } from '../fakes/run-script.ts';
import { startProxy, type Proxy as Way } from '../fakes/tcp-proxy.ts';
import type { AskAbout } from './ask.ts';
import { sharing } from './sharing.ts';
import type { WorkAbout } from './work.ts';

/** A process that is started again and again. */
export interface Actor {
  name: string;
  /** Null between its death and its next start. */
  script: Script | null;
  start(): Promise<void>;
  /** Ends it and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<string | number>;
}

/** Everything that a soak goes on with: real servers behind proxies, workers and askers as processes. */
export interface Stage extends AsyncDisposable {
  folder: string;
  media: MediaTools;
  /** Milliseconds. */
  lease: number;
  database: TestServer;
  queue: QueueServer;
  ways: { database: Way; queue: Way };
  workers: Actor[];
  askers: Actor;
  /** What the askers were told, a line each. */
  heard: string[];
  /** The database and the artifacts, by a way that nothing happens to, in somebody's home. */
  look(home: string): Promise<LocalParts>;
}

export interface StageOptions {
  folder: string;
  seed: number;
  /** Milliseconds. */
  lease: number;
  pause: number;
  /** Whether everybody has a home of their own and the results are shared, as between machines. */
  shared: boolean;
  /** Whether there is a clip so long that it is divided. */
  long: boolean;
}

const clip = fileURLToPath(new URL('../media/run.mp4', import.meta.url));

/** Starts servers and writes what is worked on; workers and askers are started by whoever has the stage. */
export function openStage(options: StageOptions): Promise<Stage> {
  const { folder, seed, lease, pause } = options;
  return openTogether(async (opened) => {
    const [database, queue] = await Promise.all([startPostgres(), startQueueServer()]);
    opened.add(database);
    opened.add(queue);
    const media = toolsOf(await findTools({}));
    const direct = await database.url();
    const ways = {
      database: opened.add(await startProxy(socketOf(direct))),
      queue: opened.add(await startProxy(queue.port)),
    };
    for (const workspace of ['films', 'clips'])
      await mkdir(join(folder, 'out', workspace), { recursive: true });
    const shared = options.shared ? join(folder, 'shared') : null;
    const homeOf = (name: string) => join(folder, 'homes', options.shared ? name : 'all');
    const common = {
      ...{ shared, database: throughPort(direct, ways.database.port) },
      queue: `redis://127.0.0.1:${ways.queue.port}`,
    };
    // The schema, before everybody wants to make it.
    const look = (home: string) => openServed(direct, homeOf(home), null, sharing(shared));
    await (await look('look'))[Symbol.asyncDispose]();
    const long = options.long ? await longClip(media, folder) : null;
    const heard: string[] = [];
    const log = join(folder, 'workers.log');
    const worker = (name: string) =>
      actor(
        opened,
        name,
        './work.ts',
        (): WorkAbout => ({ ...common, home: homeOf(name), name, lease, log }),
      );
    let generation = 0;
    const askers = actor(
      ...([opened, 'askers', './ask.ts'] as const),
      (): AskAbout => ({
        ...common,
        home: homeOf('askers'),
        folder,
        clip,
        long,
        pause,
        seed: seed * 100 + generation++,
      }),
      (line) => heard.push(line),
    );
    return {
      ...{ folder, media, lease, database, queue, ways, askers, heard },
      workers: ['left', 'middle', 'right'].map(worker),
      look,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** A soak that is interrupted leaves nobody working. */
const dyingWithUs =
  spawnSync('setpriv', ['--version']).status === 0 ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];

/** The socket of a server that is reached through its folder. */
function socketOf(url: string): string {
  return join(decodeURIComponent(new URL(url).hostname), '.s.PGSQL.5432');
}

function throughPort(url: string, port: number): string {
  const by = new URL(url);
  by.hostname = '127.0.0.1';
  by.port = String(port);
  return by.href;
}

/** Of which nothing moves, 30 s of 1920×1080: three pieces, each quick to make. */
async function longClip(media: MediaTools, folder: string): Promise<string> {
  const path = join(folder, 'long.mp4');
  const source = ['-f', 'lavfi', '-i', 'color=slateblue:s=1920x1080:r=24', '-t', '30'];
  const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '48', '-pix_fmt', 'yuv420p'];
  await runFfmpeg(media, [...source, ...encoding, path], { doing: 'making a clip' });
  return path;
}

function actor(
  opened: Opened,
  name: string,
  module: string,
  about: () => object,
  hear: (line: string) => void = () => {},
): Actor {
  const self: Actor = {
    name,
    script: null,
    async start() {
      const script = runScript(new URL(module, import.meta.url), [JSON.stringify(about())], {
        before: dyingWithUs,
      });
      self.script = script;
      const ready = Promise.withResolvers<void>();
      void (async () => {
        for (;;) {
          const line = await script.line().catch(() => null);
          if (line === 'open' || line === null) ready.resolve();
          if (line === null) return;
          if (line !== 'open') hear(line);
        }
      })();
      await Promise.race([ready.promise, sleep(20_000, undefined, { ref: false })]);
    },
    async end(signal) {
      const script = self.script;
      if (script === null) return 0;
      script.kill(signal);
      const ended = await Promise.race([script.ended, sleep(40_000, null, { ref: false })]);
      if (ended === null) {
        await script[Symbol.asyncDispose]();
        self.script = null;
        return `nothing within 40 s of ${signal}`;
      }
      self.script = null;
      const { status, said } = ended;
      return signal === 'SIGKILL' || status === 0 ? status : `${status} ${said}`;
    },
  };
  opened.add({ [Symbol.asyncDispose]: async () => void (await self.end('SIGKILL')) });
  return self;
}
