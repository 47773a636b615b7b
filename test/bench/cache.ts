import { catalogue } from '../../dsl/catalogue.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../fakes/plan.ts';
import type { Measured } from './measured.ts';

const works = 20_000;
const jobs = 10_000;

/** What PURGE CACHE, SHOW CACHE and REMOVE GROUP cost in the embedded database when there is much to let go of; the store of bytes is in memory,
 * since unlinking is the disk's time. */
export async function bench(): Promise<Measured[]> {
  const parts: Parts = {
    store: await openMemoryStore(),
    artifacts: memoryArtifacts(),
    queue: inProcessQueue(),
    news: openNews(),
  };
  try {
    const asker = askerIn('w');
    const command = createCommands({
      parts,
      catalogue,
      abilities: { models: [], defaultModels: {}, generators: [] },
      settings: [],
    });
    const ask = async (
      verb: string,
      subject: string,
      args: Record<string, string | null>,
      confirmed: boolean,
    ) => {
      const start = performance.now();
      await command({ operation: verb, subject, arguments: args, destructive: true, text: '' }, asker, {
        confirmed,
      });
      return performance.now() - start;
    };
    await submit(parts, planOf({ a: {} }), askerIn('other'));
    await parts.store.script(
      `insert into workspaces values ('w');
       insert into artifacts (hash, kind, facts, bytes)
         select encode(sha256(n::text::bytea), 'hex'), 'text', '{"kind": "text", "bytes": 1000}', 1000 from generate_series(1, ${works}) as n;
       insert into works (workspace, work_key, hash, notes, details, operation)
         select 'w', hash, hash, '[]', '{}', 'probe' from artifacts;
       analyze works; analyze artifacts;`,
    );
    const shown = await ask('show', 'cache', {}, true);
    const purged = await ask('purge', 'cache', { older: null }, true);

    const steps = Object.fromEntries(Array.from({ length: jobs }, (_, n) => [`s${n}`, {}]));
    await submit(parts, planOf(steps), asker);
    await parts.store.script(
      `update jobs set state = 'done', finished_at = now(), result = encode(sha256(step::bytea), 'hex') where workspace = 'w';
       update runs set state = 'done', finished_at = now() where workspace = 'w';
       insert into artifacts (hash, kind, facts, bytes)
         select result, 'text', '{"kind": "text", "bytes": 1000}', 1000 from jobs where workspace = 'w';
       insert into media (workspace, letter, number, hash, job_id, bytes)
         select 'w', 't', row_number() over (order by id), result, id, 1000 from jobs where workspace = 'w';
       analyze jobs; analyze media; analyze artifacts;`,
    );
    const asked = await ask('remove', 'group', { target: 'g1' }, false);
    const removed = await ask('remove', 'group', { target: 'g1' }, true);
    return [
      { name: 'SHOW CACHE of 20,000 finished jobs', value: shown, unit: 'ms', goal: 'none' },
      { name: 'PURGE CACHE of 20,000 finished jobs', value: purged, unit: 'ms', goal: 'none' },
      { name: 'REMOVE GROUP of 10,000 jobs, asking', value: asked, unit: 'ms', goal: 'none' },
      { name: 'REMOVE GROUP of 10,000 jobs, doing it', value: removed, unit: 'ms', goal: 'none' },
    ];
  } finally {
    await parts.store[Symbol.asyncDispose]();
  }
}
