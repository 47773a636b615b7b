import { type Answerer, refused } from './answerer.ts';
import { mayTouch } from './may-touch.ts';
import { takeAway } from './take-away.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** REMOVE GROUP g7, REMOVE v12. Says first what it would touch; what other groups use is kept, files written by TO are never touched. */
export const remove: Answerer<'remove'> = async (
  { subject, arguments: { target }, asker, confirmed },
  { parts },
) => {
  const { workspace } = asker;
  const found = await findTarget(parts.store, workspace, target);
  if (found === null) return unknown(parts.store, workspace, target);
  if (found.is === 'job')
    return refused(
      'PQL454',
      'a job is removed with its group',
      `REMOVE GROUP ${found.group}, or CANCEL ${found.id}`,
    );
  if (subject === 'group' && found.is !== 'group')
    return refused('PQL315', `${target} is no group`, `REMOVE ${target} removes it`);
  const denied = await mayTouch(parts.store, asker, found);
  if (denied !== null) return denied;
  // Whoever removes a clip wants it gone; whoever removes a run from the list may well make it again.
  return takeAway(parts, workspace, found, { verb: 'remove', forget: found.is === 'media' }, confirmed);
};
