import type { Plan, Step } from '../../dsl/plan.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import type { Queries } from '../store/port.ts';
import { workKey } from '../work-key.ts';

/** Where finished work is looked up; the store, or a transaction of it. */
export interface Works {
  store: Queries;
  artifacts: ArtifactStore;
}

/** The bytes that a step reads, as far as they are known before anything runs. */
export type KnownInput = { role: string; hash: string };

/** What would become of a step: done without work, or run. */
export type Judgement =
  | { verdict: 'recalled'; hash: string }
  /** An effect is done anew each time; a step that reads what is not made yet has no key yet. */
  | { verdict: 'runs'; why: 'effect' }
  | { verdict: 'runs'; why: 'input' }
  /** Nothing is known under its key, or what was made has lost its bytes. */
  | { verdict: 'runs'; why: 'unknown' | 'gone'; key: string; inputs: KnownInput[] };

/** Which steps of a plan would be recalled, and as which bytes: the look-up of a run, without running. */
export async function recalledSteps(
  parts: Works,
  plan: Plan,
  workspace: string,
): Promise<Map<string, string>> {
  const judged = await judge(parts, plan, workspace);
  return new Map(
    [...judged].flatMap(([step, judgement]) =>
      judgement.verdict === 'recalled' ? [[step, judgement.hash] as const] : [],
    ),
  );
}

/** Judges every step, in the order of the plan. A key needs the bytes of the inputs, so the graph is walked level by level, one query a
 * level; whether the bytes are really there is asked once at the end, for all together. */
export async function judge(
  { store, artifacts }: Works,
  plan: Plan,
  workspace: string,
): Promise<Map<string, Judgement>> {
  const known = await walk(plan.steps, openWorks(store, workspace));
  const hashes = [...new Set([...known.values()].flatMap(({ hash }) => hash ?? []))];
  const there = await Promise.all(hashes.map((hash) => artifacts.has(hash)));
  const sound = new Set(hashes.filter((_, at) => there[at]));
  const judged = new Map<string, Judgement>();
  for (const step of plan.steps) judged.set(step.id, judgeOne(step, known.get(step.id), sound, judged));
  return judged;
}

interface Keyed {
  key: string;
  inputs: KnownInput[];
  /** What was made under the key; null when nothing was. */
  hash: string | null;
}

function judgeOne(
  step: Step,
  keyed: Keyed | undefined,
  sound: ReadonlySet<string>,
  judged: ReadonlyMap<string, Judgement>,
): Judgement {
  if (step.effect) return { verdict: 'runs', why: 'effect' };
  const waits = step.inputs.some(
    (input) =>
      input.from === 'each' || (input.from === 'step' && judged.get(input.step)?.verdict !== 'recalled'),
  );
  if (waits || keyed === undefined) return { verdict: 'runs', why: 'input' };
  const { key, inputs, hash } = keyed;
  if (hash === null) return { verdict: 'runs', why: 'unknown', key, inputs };
  return sound.has(hash) ? { verdict: 'recalled', hash } : { verdict: 'runs', why: 'gone', key, inputs };
}

/** Finds the key and the finished work of every step whose inputs are known, as if all bytes were there. */
async function walk(
  steps: readonly Step[],
  look: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Map<string, Keyed>> {
  const readers = new Map<string, Step[]>();
  const missing = new Map<string, number>();
  for (const step of steps) {
    const from = new Set(step.inputs.flatMap((input) => (input.from === 'step' ? [input.step] : [])));
    // What a list comes to, nobody knows before it is there.
    const unknown = step.inputs.filter((input) => input.from === 'each').length;
    missing.set(step.id, from.size + unknown);
    for (const id of from) {
      const list = readers.get(id);
      if (list === undefined) readers.set(id, [step]);
      else list.push(step);
    }
  }
  const known = new Map<string, Keyed>();
  let level = steps.filter((step) => !step.effect && missing.get(step.id) === 0);
  while (level.length > 0) {
    const keyed = level.map((step) => ({ step, ...keyOf(step, known) }));
    const works = await look(keyed.map(({ key }) => key));
    const next: Step[] = [];
    for (const { step, key, inputs } of keyed) {
      const hash = works.get(key) ?? null;
      known.set(step.id, { key, inputs, hash });
      if (hash === null) continue;
      for (const reader of readers.get(step.id) ?? []) {
        const left = missing.get(reader.id)! - 1;
        missing.set(reader.id, left);
        if (left === 0 && !reader.effect) next.push(reader);
      }
    }
    level = next;
  }
  return known;
}

function keyOf(step: Step, known: ReadonlyMap<string, Keyed>): { key: string; inputs: KnownInput[] } {
  const inputs = step.inputs.map((input) => ({
    role: input.role,
    // A level holds only steps whose inputs were found.
    hash: input.from === 'artifact' ? input.hash : known.get(input.step)!.hash!,
  }));
  return { key: workKey({ ...step, inputs }), inputs };
}

/** After so many levels a chain is long, and one look at all the work of the workspace costs less than a query for each further step. */
const longChain = 32;
/** Works that are read at once for a long chain: 100 bytes or so each. */
const mostWorks = 100_000;

/** Looks finished work up by key. */
function openWorks(
  store: Queries,
  workspace: string,
): (keys: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  let levels = 0;
  let all: ReadonlyMap<string, string> | null = null;
  return async (keys) => {
    levels += 1;
    if (levels === longChain) {
      const works = await readWorks(store, workspace, mostWorks);
      // Where there are more, what is not among them may still be there.
      if (works.size < mostWorks) all = works;
    }
    return all ?? (await findHashes(store, workspace, keys));
  };
}

async function findHashes(
  store: Queries,
  workspace: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await store.query<{ key: string; hash: string }>(
    'select work_key as key, hash from works where workspace = $1 and work_key = any($2::text[])',
    [workspace, keys],
  );
  return new Map(rows.map(({ key, hash }) => [key, hash]));
}

async function readWorks(store: Queries, workspace: string, most: number): Promise<Map<string, string>> {
  const rows = await store.query<{ key: string; hash: string }>(
    'select work_key as key, hash from works where workspace = $1 limit $2',
    [workspace, most],
  );
  return new Map(rows.map(({ key, hash }) => [key, hash]));
}
