import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { asFile } from '../../bots/repl/wiring/as-file.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import { openConsent } from '../../engine/consent/open.ts';
import { Failure } from '../../engine/failure.ts';
import { fileSink, openLog } from '../../engine/log.ts';
import { openServed } from '../../engine/served.ts';
import { knownVersions } from '../../engine/workers/capabilities.ts';
import { createFileWords } from '../../workers/ffmpeg/file-words.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import { createHandlers } from '../../workers/handlers.ts';
import { startLanes } from '../../workers/lanes.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { sharing } from './sharing.ts';

// A worker with everything that `pql worker` does, but a lease of seconds, until SIGTERM or worse.
const about = JSON.parse(process.argv[2] ?? '{}') as WorkAbout;

/** What the process is told. */
export interface WorkAbout {
  database: string;
  queue: string;
  home: string;
  /** A folder of results that all homes share; null where they are one home. */
  shared: string | null;
  name: string;
  /** Milliseconds. */
  lease: number;
  log: string;
}

const { database, queue, home, name, lease } = about;
const log = openLog({ level: 'warn', sink: fileSink(about.log), now: Date.now });
const trouble = (message: string, cause: unknown) => log.write('warn', message, { worker: name }, cause);
const media = toolsOf(await findTools({}));
const away = async (): Promise<never> => {
  throw new Failure('permanent', 'PQL690', 'nothing is fetched here');
};
const handlers = createHandlers({
  ...{ media, prober: createProber(media), probeProviders: async () => [], cores: 1 },
  models: createModelStore({ home, registry: away }),
  egress: { request: away, check: away },
  notifyKey: async () => new Uint8Array(32),
  readTold: async () => Promise.reject(new Error('nobody verifies here')),
  readMarks: async () => null,
  hasPreview: async () => false,
});

const open = async () => {
  const served = await openServed(database, home, { url: queue, trouble }, sharing(about.shared));
  const words = { read: createFileWords(async () => media), withFile: asFile(served) };
  const parts = { ...served, consent: openConsent(served.store, { catalogue, words }) };
  const lanes = await startLanes(parts, {
    ...{ handlers, slots: { cpu: 1, net: 1 }, scratch: parts.scratch, worker: name },
    ...{ lease, beat: lease / 10, log: log.with({ worker: name }) },
    about: {
      ...{ host: hostname(), pid: process.pid },
      can: { operations: knownVersions(catalogue, Object.keys(handlers)), models: [], provider: null },
    },
  });
  return { parts, lanes };
};
for (let opened: Awaited<ReturnType<typeof open>> | null = null; opened === null; )
  try {
    opened = await open();
    const { parts, lanes } = opened;
    process.once('SIGTERM', async () => {
      await lanes.drain(10_000);
      await lanes[Symbol.asyncDispose]();
      await parts[Symbol.asyncDispose]();
      process.exit(0);
    });
  } catch (error) {
    // Started while the database is away: whoever looks after workers starts them again.
    log.write('warn', 'could not begin', { worker: name }, error);
    await sleep(200);
  }
console.log('open');
