import type { Plan, Step } from '../../dsl/plan.ts';
import { holdBytes } from '../artifacts/freed.ts';
import type { Asker } from '../asker.ts';
import { holdConsent } from '../consent/gate/stale.ts';
import { noteUses } from '../consent/grants/uses.ts';
import { Failure } from '../failure.ts';
import { refusal } from '../limits/admission.ts';
import { lockWorkspace, takeNumbers } from '../media.ts';
import type { Parts } from '../parts.ts';
import { rememberWords, wordsToFindBy } from '../search/words.ts';
import type { Queries } from '../store/port.ts';
import { advance, type Ring } from './advance.ts';
import { insertInputs, insertJobs } from './insert.ts';
import { settle } from './run-row.ts';

/** Written in the transaction that makes a run: a card that must not be lost without its run, nor the run without its card. */
export type Along = (queries: Queries, run: number, group: string) => Promise<void>;

/** Commits a plan as a run with its jobs in one transaction, what was done before already recalled, then rings for what is ready.
 * Every artifact that the plan reads is in the store. Returns the group's number and the run's row id. Throws Failure PQL520 or PQL521 when the
 * asker's limits were reached since the plan was made. */
export async function submit(
  parts: Parts,
  plan: Plan,
  asker: Asker,
  along?: Along,
): Promise<{ number: number; run: number }> {
  const submitted = parts.traces?.submitting();
  const { number, run, rings } = await parts.store.transaction((queries) =>
    commit(queries, parts, plan, asker, along),
  );
  submitted?.({ run, group: number, workspace: asker.workspace, jobs: plan.steps.length });
  for (const { lane, job } of rings) await parts.queue.ring(lane, job);
  return { number, run };
}

async function commit(
  queries: Queries,
  parts: Parts,
  plan: Plan,
  asker: Asker,
  along?: Along,
): Promise<{ number: number; run: number; rings: Ring[] }> {
  const { workspace } = asker;
  await holdBytes(queries);
  await holdConsent(queries);
  await lockWorkspace(queries, workspace);
  const no = await refusal(queries, asker);
  if (no !== null) throw new Failure('user', no.code, no.message, { hint: no.hint });
  const number = await takeNumbers(queries, workspace, 'g', 1);
  const run = await insertRun(queries, number, plan, asker);
  // Before the run may end, as it does at once where everything is recalled.
  await along?.(queries, run, `g${number}`);
  if (plan.steps.length > 0) {
    const first = await takeNumbers(queries, workspace, 'j', plan.steps.length);
    const apart = spacing(plan.steps);
    const ids = await insertJobs(queries, plan.steps, {
      ...{ workspace, run, first, grownFrom: null },
      position: (index) => index * apart,
    });
    await insertInputs(queries, plan.steps, ids);
  }
  const rings = await advance(queries, parts.artifacts, { id: run, workspace }, 'all', parts.metrics);
  await settle(queries, run);
  return { number, run, rings };
}

async function insertRun(
  queries: Queries,
  number: number,
  { source, consent }: Plan,
  asker: Asker,
): Promise<number> {
  const words = wordsToFindBy(source);
  await rememberWords(queries, asker.workspace, words);
  const [row] = await queries.query<{ id: number }>(
    `insert into runs (workspace, number, source, asker, words, consent_epoch, consent_until)
     values ($1, $2, $3, $4, array_to_tsvector($5::text[]), $6, $7)
     returning id`,
    [
      ...[asker.workspace, number, source, JSON.stringify(asker), words],
      // What nobody looked at is judged before its first job.
      consent?.epoch ?? 0,
      consent?.until ?? null,
    ],
  );
  const { id } = row as { id: number };
  if (consent !== undefined && consent.shown.length > 0) await noteUses(queries, id, consent);
  return id;
}

/** Room behind each job for those that come of its list, where there is one: they stand behind it in the order of the run. */
function spacing(steps: readonly Step[]): number {
  if (steps.every(({ grows }) => grows === undefined)) return 1;
  return Math.min(100_000, Math.floor(2_000_000_000 / steps.length));
}
