import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLocal } from '../../bots/repl/wiring/open.ts';
import type { Item } from '../../dsl/compiled.ts';
import type { Asker } from '../../engine/asker.ts';
import { readConfig } from '../../engine/config.ts';
import { Failure } from '../../engine/failure.ts';
import { isAway } from '../../engine/store/port.ts';
import { openServer } from '../../engine/store/server.ts';
import { createRandom, type Random } from '../../workers/storyboard/random.ts';
import { nextStatement } from './statements.ts';

// People who ask, two in each of two workspaces, until the process is killed; they leave the work to others. Prints a line for everything
// that they were told and can hold the engine to: `accepted films g3`; `removing films g3`, before it may be gone; `broken …` for an answer that
// nobody should ever be given.
const about = JSON.parse(process.argv[2] ?? '{}') as AskAbout;

/** What the process is told. */
export interface AskAbout {
  database: string;
  queue: string;
  home: string;
  shared: string | null;
  folder: string;
  clip: string;
  long: string | null;
  seed: number;
  /** Milliseconds between two statements of one asker, at most. */
  pause: number;
}

/** Work that has not ended is enough for everybody from here on: the load follows what the machine can do. */
const enough = 10;

const { database, queue, home, folder } = about;
const { config } = readConfig(
  { DATABASE_URL: database, REDIS_URL: queue, PQL_HOME: home, PQL_ARTIFACTS: about.shared ?? '' },
  folder,
);
const engine = await patiently(() => openLocal(config, {}, { work: false }));
const store = await patiently(() => openServer(database, { connections: 1 }));
const random = createRandom(about.seed);
let said = 0;

const answer = async (items: readonly Item[], asker: Asker) => {
  for (const item of items)
    if (item.type === 'command') await engine.command(item.command, asker, { confirmed: true });
};

async function talk(asker: Asker, random: Random): Promise<never> {
  const groups: string[] = [];
  for (;;) {
    await sleep(random.between(about.pause / 5, about.pause));
    try {
      const [row] = await store.query<{ n: number }>(
        `select count(*) as n from runs where state = 'running'`,
      );
      if ((row?.n ?? 0) >= enough) continue;
      const number = about.seed * 10_000 + ++said;
      const next = nextStatement(random, { clip: about.clip, long: about.long, groups, number });
      if (next.removes !== null) console.log(`removing ${asker.workspace} ${next.removes}`);
      const compiled = await engine.compile(next.text, asker);
      if (compiled.diagnostics.length > 0) continue;
      await answer(compiled.before, asker);
      if (compiled.plan !== null) {
        const { group } = await engine.submit(compiled.plan, asker);
        console.log(`accepted ${asker.workspace} ${group}`);
        groups.push(group);
      }
      await answer(compiled.after, asker);
    } catch (error) {
      // What a person may be told: that the server is away, or why not, in words.
      if (!isAway(error) && !(error instanceof Failure))
        console.log(`broken ${(error as Error).stack?.replaceAll('\n', ' ')}`);
    }
  }
}

async function patiently<T>(open: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await sleep(200);
    }
}

console.log('open');
await Promise.all(
  ['films', 'clips'].flatMap((workspace) =>
    ['ada', 'eve'].map((user) => {
      const exportRoot = join(folder, 'out', workspace);
      const asker: Asker = { workspace, user, roles: ['admin'], importRoot: '/', exportRoot };
      return talk(asker, random.fork(`${workspace} ${user}`));
    }),
  ),
);
