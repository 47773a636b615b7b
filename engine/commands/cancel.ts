import { cancel as cancelRun } from '../jobs/cancel.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { mayTouch } from './may-touch.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** CANCEL g7, CANCEL j40. */
export const cancel: Answerer<'cancel'> = async ({ arguments: { target }, asker }, { parts }) => {
  const found = await findTarget(parts.store, asker.workspace, target);
  if (found === null || found.is === 'media') return unknown(parts.store, asker.workspace, target);
  const denied = await mayTouch(parts.store, asker, found);
  if (denied !== null) return denied;
  const ended = () => refused('PQL452', `${target} has ended already`, `FIND ${target} says how`);
  if (found.is === 'group')
    return (await cancelRun(parts, found.run))
      ? plainText(`${found.group} is cancelled; what was finished stays, RETRY ${found.group} goes on`)
      : ended();
  const cancelled = await cancelJob(parts, found.run, found.job);
  if (cancelled === 0) return ended();
  const rest = cancelled === 1 ? '' : ` and ${cancelled - 1} that need it`;
  return plainText(`${found.id}${rest} cancelled; the rest of ${found.group} goes on`);
};
