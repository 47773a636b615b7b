import type { Answer } from '../answer.ts';
import { holdBytesAlone, longRemoval, sweepFreed } from '../artifacts/freed.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { plainText, refused } from './answerer.ts';
import { deleteRemoval, deleteRun, type Removal, removalOfMedia, removalOfRun } from './removal.ts';
import type { Target } from './target.ts';

export type Removable = Exclude<Target, { is: 'job' }>;

/** How a run or a result is taken away: REMOVE GROUP keeps finished work to be recalled, PURGE GROUP and REMOVE v12 forget it. */
export interface Manner {
  verb: 'remove' | 'purge';
  forget: boolean;
}

/** Says what would be touched, or does it after a yes. Everything that was asked about is looked at again then: between question and yes
 * the world goes on. */
export function takeAway(
  parts: Parts,
  workspace: string,
  target: Removable,
  manner: Manner,
  confirmed: boolean,
): Promise<Answer> {
  return confirmed ? carryOut(parts, workspace, target, manner) : ask(parts.store, workspace, target, manner);
}

async function ask(
  queries: Queries,
  workspace: string,
  target: Removable,
  { verb, forget }: Manner,
): Promise<Answer> {
  const busy = await isBusy(queries, workspace, target);
  if (busy !== null) return busy;
  const removal = await removalOf(queries, workspace, target);
  const cached = forget ? '' : ' Finished work stays in the cache to be recalled.';
  return {
    type: 'confirm',
    question: `${verb === 'purge' ? 'Purge' : 'Remove'} ${calledOf(target)}?${cached} Files written by TO stay where they are.`,
    touches: [
      ...(target.is === 'group' ? [`${target.group} with its ${plural(removal.jobs, 'job')}`] : []),
      ...some(
        removal.gone,
        (rest) => `${plural(rest.length, 'more result')}, ${megabytes(sizeOf(rest))}`,
      ).map((line) =>
        typeof line === 'string'
          ? line
          : `${line.id}${line.names === null ? '' : ` (${line.names})`}, ${megabytes(line.bytes)}`,
      ),
      ...some(removal.kept, (rest) => `${rest.length} more are kept: other groups use them too`).map(
        (line) => (typeof line === 'string' ? line : `${line.id} is kept: ${line.why}`),
      ),
    ],
  };
}

async function carryOut(
  parts: Parts,
  workspace: string,
  target: Removable,
  { verb, forget }: Manner,
): Promise<Answer> {
  const done = await parts.store.transaction(async (queries) => {
    await holdBytesAlone(queries);
    const busy = await isBusy(queries, workspace, target);
    if (busy !== null) return { busy };
    const removal = await removalOf(queries, workspace, target);
    const freed = await deleteRemoval(queries, workspace, removal, forget);
    // Last, or each job would first be struck from the media that go anyway.
    if (target.is === 'group') await deleteRun(queries, target.run);
    return { removal, freed };
  }, longRemoval);
  if (done.busy !== undefined) return done.busy;
  await sweepFreed(parts);
  const { gone } = done.removal;
  const freed = sizeOf(done.freed);
  const left = new Set(gone.map(({ hash }) => hash)).size > done.freed.length;
  const also = target.is !== 'group' || gone.length === 0 ? '' : ` with ${resultsOf(gone)}`;
  const rest = !forget && left ? '; its finished work stays in the cache, PURGE CACHE lets go of it' : '';
  return plainText(`${verb}d ${calledOf(target)}${also}; ${megabytes(freed)} freed${rest}`);
}

/** How many lines say what each thing is; the rest is summed up. */
const mostLines = 20;

function some<T>(all: readonly T[], summary: (rest: readonly T[]) => string): (T | string)[] {
  if (all.length <= mostLines) return [...all];
  return [...all.slice(0, mostLines - 1), summary(all.slice(mostLines - 1))];
}

function resultsOf(gone: Removal['gone']): string {
  return gone.length > mostLines ? plural(gone.length, 'result') : gone.map(({ id }) => id).join(', ');
}

function removalOf(queries: Queries, workspace: string, target: Removable): Promise<Removal> {
  return target.is === 'group'
    ? removalOfRun(queries, workspace, target.run)
    : removalOfMedia(queries, target.media);
}

async function isBusy(queries: Queries, workspace: string, target: Removable): Promise<Answer | null> {
  const [row] = await queries.query<{ group: string }>(
    target.is === 'group'
      ? `select 'g' || number as "group" from runs where id = $1 and state = 'running' for update`
      : `select 'g' || runs.number as "group" from runs
           join jobs on jobs.run_id = runs.id
           left join job_inputs on job_inputs.job_id = jobs.id
         where runs.workspace = $2 and runs.state = 'running' and $1 in (jobs.result, job_inputs.hash)
         limit 1`,
    target.is === 'group' ? [target.run] : [target.hash, workspace],
  );
  if (row === undefined) return null;
  const what = target.is === 'group' ? `${row.group} is running` : `${row.group} is running and uses it`;
  return refused('PQL455', what, `CANCEL ${row.group} first, or let it finish`);
}

function calledOf(target: Removable): string {
  if (target.is === 'group') return target.group;
  return target.name === null ? target.id : `${target.name} (${target.id})`;
}

function sizeOf(all: readonly { bytes: number }[]): number {
  return all.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `1 job`, `12 jobs`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** Decimal, to a tenth. */
export function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
