import type { Answer } from '../answer.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { deleteMedia, deleteRun, isAtWork, type Removal, removalOfMedia, removalOfRun } from './removal.ts';
import { findTarget, type Target } from './target.ts';
import { unknown } from './unknown.ts';

/** REMOVE GROUP g7, REMOVE v12. Says first what it would touch; what other groups use is kept, files written by TO are never touched. */
export const remove: Answerer<'remove'> = async (
  { subject, arguments: { target }, asker, confirmed },
  { parts },
) => {
  const found = await findTarget(parts.store, asker.workspace, target);
  if (found === null) return unknown(parts.store, asker.workspace, target);
  if (found.is === 'job')
    return refused(
      'PQL454',
      'a job is removed with its group',
      `REMOVE GROUP ${found.group}, or CANCEL ${found.id}`,
    );
  if (subject === 'group' && found.is !== 'group')
    return refused('PQL315', `${target} is no group`, `REMOVE ${target} removes it`);
  return confirmed ? carryOut(parts, asker.workspace, found) : ask(parts.store, asker.workspace, found);
};

type Removable = Exclude<Target, { is: 'job' }>;

async function ask(queries: Queries, workspace: string, target: Removable): Promise<Answer> {
  const busy = await isBusy(queries, workspace, target);
  if (busy !== null) return busy;
  const removal = await removalOf(queries, workspace, target);
  return {
    type: 'confirm',
    question: `Remove ${calledOf(target)}? Files written by TO stay where they are.`,
    touches: [
      ...(target.is === 'group' ? [`${target.group} with its ${plural(removal.jobs, 'job')}`] : []),
      ...removal.gone.map(
        ({ id, names, bytes }) => `${id}${names === null ? '' : ` (${names})`}, ${megabytes(bytes)}`,
      ),
      ...removal.kept.map(({ id, why }) => `${id} is kept: ${why}`),
    ],
  };
}

/** Everything that was asked about is looked at again: between question and yes the world goes on. */
async function carryOut(parts: Parts, workspace: string, target: Removable): Promise<Answer> {
  const done = await parts.store.transaction(async (queries) => {
    const busy = await isBusy(queries, workspace, target);
    if (busy !== null) return { busy };
    const removal = await removalOf(queries, workspace, target);
    if (target.is === 'group') await deleteRun(queries, target.run);
    const freed = await deleteMedia(queries, workspace, removal.gone);
    return { removal, freed, quiet: !(await isAtWork(queries)) };
  });
  if (done.busy !== undefined) return done.busy;
  // While something runs, its result may be these very bytes, about to get a row: then they stay, and `pql doctor` tells of them.
  if (done.quiet) for (const { hash } of done.freed) await parts.artifacts.remove(hash);
  const bytes = done.quiet ? done.freed.reduce((sum, each) => sum + each.bytes, 0) : 0;
  const gone = done.removal.gone.map(({ id }) => id);
  const also = target.is === 'group' && gone.length > 0 ? ` with ${gone.join(', ')}` : '';
  return plainText(`removed ${calledOf(target)}${also}; ${megabytes(bytes)} freed`);
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

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
