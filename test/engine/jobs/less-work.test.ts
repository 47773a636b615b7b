import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../../dsl/plan.ts';
import { recalledSteps } from '../../../engine/jobs/judge.ts';
import { lessWork } from '../../../engine/jobs/less-work.ts';
import { recordWork } from '../../../engine/jobs/recall.ts';
import { recordArtifact } from '../../../engine/media.ts';
import type { Parameter, Store } from '../../../engine/store/port.ts';
import { workKey } from '../../../engine/work-key.ts';
import { written } from '../../dsl/optimise/optimising.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { textFacts } from '../../fakes/plan.ts';

const artifacts = memoryArtifacts();
let store: Store;
let workspaces = 0;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store?.[Symbol.asyncDispose]());

/** A workspace where scripts can be optimised, and run as if by magic. */
async function begin() {
  const workspace = `w${workspaces++}`;
  await store.query('insert into workspaces (name) values ($1)', [workspace]);
  const less = (plan: Plan) => lessWork({ store, artifacts }, plan, workspace);
  const operations = async (source: string) =>
    (await less(written(source))).steps.map(({ operation }) => operation);
  /** Records everything that a plan would make as made. */
  const run = async (source: string, optimise = true) => {
    const plan = optimise ? await less(written(source)) : written(source);
    const hashes = await recalledSteps({ store, artifacts }, plan, workspace);
    for (const step of plan.steps) {
      if (step.effect || hashes.has(step.id)) continue;
      const inputs = step.inputs.map((input) => ({
        role: input.role,
        hash: input.from === 'step' ? hashes.get(input.step)! : 'hash' in input ? input.hash : '',
      }));
      const key = workKey({ ...step, inputs });
      const hash = artifacts.keep(`${workspace} ${key}`);
      hashes.set(step.id, hash);
      await recordArtifact(store, { hash, kind: 'text', facts: textFacts, bytes: 1 });
      await recordWork(store, workspace, key, { hash, operation: step.operation, notes: [], details: {} });
    }
  };
  /** Operations that would really run. */
  const left = async (source: string) => {
    const plan = await less(written(source));
    const recalled = await recalledSteps({ store, artifacts }, plan, workspace);
    return plan.steps.flatMap(({ id, operation, effect }) => (effect || recalled.has(id) ? [] : [operation]));
  };
  return { workspace, operations, run, left };
}

const chain = 'TRIM v1[1s..5s] | GRADE LOOK noir | ENHANCE DENOISE 20';

test('a script that ran is recalled, whatever was made of its stages since', async () => {
  const { run, left, operations } = await begin();
  expect(await left(chain)).toEqual(['pass']);
  await run(chain);
  expect(await left(chain)).toEqual([]);
  await run('TRIM v1[1s..5s]');
  await run('TRIM v1[1s..5s] | GRADE LOOK noir', false);
  expect(await left(chain)).toEqual([]);
  expect(await operations(chain)).toEqual(['pass']);
});

test('what was made stage by stage is gone on with', async () => {
  const { run, left, operations } = await begin();
  await run('TRIM v1[1s..5s] AS part');
  expect(await operations(chain)).toEqual(['trim', 'pass']);
  expect(await left(chain)).toEqual(['pass']);
  await run(chain, false);
  expect(await left(chain)).toEqual([]);
});

test('what was made in one pass is gone on with', async () => {
  const { run, left } = await begin();
  await run(chain);
  expect(await left(`${chain} | GRADE CONTRAST 10%`)).toEqual(['grade']);
  expect(await left(`${chain} | GRADE CONTRAST 10% | GRADE GRAIN 10%`)).toEqual(['pass']);
});

test('an enlargement is not made again for a film, nor for another transition', async () => {
  const { run, left } = await begin();
  const enlarged = 'TRIM v3[1s..5s] | ENHANCE UPSCALE 2x';
  await run(enlarged);
  expect(await left(`STITCH v1 + (${enlarged})`)).toEqual(['stitch']);
  const other = await begin();
  await other.run(`STITCH v1 + (${enlarged})`);
  expect(await other.left(`STITCH v1 + (${enlarged}) TRANSITION fade 0.5s`)).toEqual(['stitch']);
});

test('a film of parts is recalled, also when a part was cut for itself since', async () => {
  const { run, left } = await begin();
  await run('STITCH v1 + v2[1s..3s] TO a.mp4');
  await run('TRIM v2[1s..3s]');
  expect(await left('STITCH v1 + v2[1s..3s] TO a.mp4')).toEqual([]);
});

test('nobody is asked about a plan that has nothing to optimise', async () => {
  const { workspace } = await begin();
  let asked = 0;
  const counted: Store = {
    ...store,
    query: <Row>(text: string, parameters?: readonly Parameter[]) => {
      asked += 1;
      return store.query<Row>(text, parameters);
    },
  };
  await lessWork(
    { store: counted, artifacts },
    written('GENERATE "a" AS x; STITCH x + v1 TO a.mp4'),
    workspace,
  );
  expect(asked).toBe(0);
  await lessWork({ store: counted, artifacts }, written('TRIM v1[1s..2s] | GRADE LOOK noir'), workspace);
  expect(asked).toBe(2);
});
