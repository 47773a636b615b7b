import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../../dsl/plan.ts';
import { judge, recalledSteps } from '../../../engine/jobs/judge.ts';
import { recordWork } from '../../../engine/jobs/recall.ts';
import { recordArtifact } from '../../../engine/media.ts';
import type { Parameter, Store } from '../../../engine/store/port.ts';
import { workKey } from '../../../engine/work-key.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { planOf, textFacts } from '../../fakes/plan.ts';

let store: Store;
const artifacts = memoryArtifacts();
/** The workspace needs a row before works may belong to it. */
beforeAll(async () => {
  store = await openMemoryStore();
  await store.query(`insert into workspaces (name) values ('ada'), ('bob')`);
});
afterAll(() => store?.[Symbol.asyncDispose]());

/** A store that counts its queries. */
function counting(): { store: Store; count: () => number } {
  let count = 0;
  return {
    store: {
      ...store,
      query: <Row>(text: string, parameters?: readonly Parameter[]) => {
        count += 1;
        return store.query<Row>(text, parameters);
      },
    },
    count: () => count,
  };
}

/** Records the steps of a plan as done, in its order, each as a text of its own; returns the hashes by step. */
async function finish(plan: Plan, workspace = 'ada'): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const step of plan.steps) {
    const inputs = step.inputs.map((input) => ({
      role: input.role,
      hash: input.from === 'artifact' ? input.hash : hashes.get(input.step)!,
    }));
    const hash = artifacts.keep(`${plan.source} ${step.id}`);
    hashes.set(step.id, hash);
    await recordArtifact(store, { hash, kind: 'text', facts: textFacts, bytes: 1 });
    await recordWork(store, workspace, workKey({ ...step, inputs }), {
      hash,
      operation: step.operation,
      notes: [],
      details: {},
    });
  }
  return hashes;
}

const chain = (word: string, length: number): Plan =>
  planOf(
    Object.fromEntries(
      Array.from({ length }, (_, at) => [`${word}${at}`, at === 0 ? {} : { reads: [`${word}${at - 1}`] }]),
    ),
  );

test('says what would be recalled and why the rest would run', async () => {
  const plan = planOf({ a: {}, b: { reads: ['a'] }, c: { reads: ['b'] }, d: { effect: true, reads: ['a'] } });
  const before = await judge({ store, artifacts }, plan, 'ada');
  expect([...before.values()].map((each) => (each.verdict === 'runs' ? each.why : 'recalled'))).toEqual([
    'unknown',
    'input',
    'input',
    'effect',
  ]);
  const hashes = await finish({ ...plan, steps: plan.steps.slice(0, 2) });
  expect(await recalledSteps({ store, artifacts }, plan, 'ada')).toEqual(hashes);
  expect(await recalledSteps({ store, artifacts }, plan, 'bob')).toEqual(new Map());
});

test('what has lost its bytes runs, and so does what reads it', async () => {
  const plan = chain('lost', 3);
  const hashes = await finish(plan);
  await artifacts.remove(hashes.get('lost1')!);
  const judged = await judge({ store, artifacts }, plan, 'ada');
  expect([...judged.values()].map((each) => (each.verdict === 'runs' ? each.why : 'recalled'))).toEqual([
    'recalled',
    'gone',
    'input',
  ]);
});

test('asks once a level, not once a step', async () => {
  const wide = planOf(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`w${at}`, {}])));
  const { store, count } = counting();
  expect(await recalledSteps({ store, artifacts }, wide, 'ada')).toEqual(new Map());
  expect(count()).toBe(1);
});

test('a long chain is found whole with a few dozen queries', async () => {
  const plan = chain('long', 120);
  const hashes = await finish(plan);
  const { store, count } = counting();
  expect(await recalledSteps({ store, artifacts }, plan, 'ada')).toEqual(hashes);
  expect(count()).toBeLessThanOrEqual(32);
});
