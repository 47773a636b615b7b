import { catalogue } from '../../dsl/catalogue.ts';
import { explainText } from '../../dsl/explain.ts';
import type { Plan } from '../../dsl/plan.ts';
import { type Explaining, explain } from '../../engine/jobs/explain.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { workKey } from '../../engine/work-key.ts';
import { compiled } from '../dsl/compiling.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn } from '../fakes/plan.ts';
import { clip } from '../fakes/world.ts';
import type { Measured } from './measured.ts';

const many = 10_000;
const goal = '<= 2';

/** EXPLAIN of ten thousand steps on the embedded database: of which nothing is known, all are recalled (side by side and one after the other),
 * each was made before with something else in it. */
export async function bench(): Promise<Measured[]> {
  const store = await openMemoryStore();
  const parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
  const around: Explaining = {
    catalogue,
    slots: async () => ({ gpu: 1, cpu: 2, net: 4 }),
    free: async () => null,
  };
  const timed = async (name: string, plan: Plan, expected: RegExp): Promise<Measured> => {
    const start = performance.now();
    const { steps, totals } = await explain(parts, plan, 'bench', around);
    const text = explainText(plan, steps, undefined, totals);
    const value = (performance.now() - start) / 1000;
    if (!expected.test(text)) throw new Error(`${name} said something else`);
    return { name: `EXPLAIN ${many.toLocaleString('en')} steps, ${name}`, value, unit: 's', goal };
  };
  try {
    const [wide, other, chain] = [graded(10), graded(20), chained()];
    const unknown = await timed('nothing known', wide, /never made/);
    await finish(parts, wide);
    const changed = await timed('all made before with something else', other, /EXPOSURE .*→.* changed/);
    const recalled = await timed('all recalled', wide, /10000 recalled/);
    await finish(parts, chain);
    return [unknown, recalled, await timed('a chain, all recalled', chain, /10000 recalled/), changed];
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

/** Ten thousand grades of two clips, none like another. */
function graded(contrast: number): Plan {
  const lines = Array.from(
    { length: many },
    (_, n) => `GRADE ${n % 2 === 0 ? 'v1' : 'v3'} CONTRAST ${contrast}% EXPOSURE ${(n + contrast) / 10_000};`,
  );
  return compiled(lines.join('\n')).plan!;
}

function chained(): Plan {
  const lines = Array.from(
    { length: many - 1 },
    (_, n) => `GRADE c${n} CONTRAST ${(n % 50) + 1}% AS c${n + 1};`,
  );
  return compiled(['GRADE v1 LOOK noir AS c0;', ...lines].join('\n')).plan!;
}

/** Writes down that a plan has run, without running it: rows as they stand afterwards. */
async function finish(parts: Parts & { artifacts: MemoryArtifacts }, plan: Plan): Promise<void> {
  const { store } = parts;
  const { run } = await submit(parts, plan, askerIn('bench'));
  const hashes = new Map<string, string>();
  const rows = plan.steps.map((step) => {
    const inputs = step.inputs.map((input) => ({
      role: input.role,
      hash: input.from === 'artifact' ? input.hash : hashes.get(input.step)!,
    }));
    const key = workKey({ ...step, inputs });
    const hash = parts.artifacts.keep(key);
    hashes.set(step.id, hash);
    return { step: step.id, key, hash };
  });
  const facts = JSON.stringify(clip(null).facts);
  await store.query(
    `insert into artifacts (hash, kind, facts, bytes)
     select distinct hash, 'video', $2::jsonb, 1000 from jsonb_to_recordset($1::jsonb) as rows(hash text)`,
    [JSON.stringify(rows), facts],
  );
  await store.query(
    `insert into works (workspace, work_key, hash, notes, details)
     select 'bench', key, hash, '[]', '{}' from jsonb_to_recordset($1::jsonb) as rows(key text, hash text)`,
    [JSON.stringify(rows)],
  );
  await store.query(
    `update jobs set state = 'done', attempts = 1, result = hash, work_key = key,
            started_at = now() - interval '3 seconds', finished_at = now()
     from jsonb_to_recordset($2::jsonb) as rows(step text, key text, hash text)
     where run_id = $1 and jobs.step = rows.step`,
    [run, JSON.stringify(rows)],
  );
}
