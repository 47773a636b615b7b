import { retry as retryRun } from '../jobs/retry.ts';
import { refusal } from '../limits/admission.ts';
import { type Answerer, refused } from './answerer.ts';
import { mayTouch } from './may-touch.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** RETRY g7, RETRY j40. A job is tried again with what else failed or was stopped in its group: what needs it waits for it anyway. */
export const retry: Answerer<'retry'> = async ({ arguments: { target }, asker }, { parts }) => {
  const found = await findTarget(parts.store, asker.workspace, target);
  if (found === null || found.is === 'media') return unknown(parts.store, asker.workspace, target);
  const denied = await mayTouch(parts.store, asker, found);
  if (denied !== null) return denied;
  const { run, group } = found;
  const [row] = await parts.store.query<{ state: string; job: string | null }>(
    `select runs.state, (select state from jobs where id = $2) as job from runs where id = $1`,
    [run, found.is === 'job' ? found.job : null],
  );
  if (row?.state === 'running')
    return refused('PQL453', `${group} is still running`, `CANCEL ${group} first, or let it finish`);
  if (row?.job === 'done')
    return refused('PQL453', `${target} is done`, `RETRY ${group} tries what failed beside it`);
  const no = await refusal(parts.store, asker);
  if (no !== null) return refused(no.code, no.message, no.hint);
  if (!(await retryRun(parts, run)))
    return refused(
      'PQL453',
      `nothing of ${group} failed or was stopped`,
      `FIND ${group} says what came of it`,
    );
  return {
    type: 'text',
    title: null,
    text: `${group} runs again; what was finished is kept`,
    format: 'plain',
    follow: group,
  };
};
