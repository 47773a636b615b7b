import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import type { Queries } from '../store/port.ts';
import { refused } from './answerer.ts';
import type { Target } from './target.ts';

/** Why somebody may not cancel, retry or take away a thing; null when they may. What somebody asked for is theirs and the moderators'; what came
 * from a file, or whose run is gone, the moderators'. */
export async function mayTouch(queries: Queries, asker: Asker, target: Target): Promise<Answer | null> {
  if (isModerator(asker)) return null;
  const owner = await ownerOf(queries, target);
  if (owner === asker.user) return null;
  const what = target.is === 'group' ? target.group : target.id;
  return refused(
    'PQL505',
    `${what} is not yours`,
    'who asked for it can do this, and so can moderators of this workspace',
  );
}

/** Whether somebody may do what concerns the whole workspace. */
export function isModerator({ roles }: Asker): boolean {
  return roles.includes('moderator') || roles.includes('admin');
}

async function ownerOf(queries: Queries, target: Target): Promise<string | null> {
  const [row] = await queries.query<{ owner: string | null }>(
    target.is === 'media'
      ? `select runs.asker ->> 'user' as owner from media
           join jobs on jobs.id = media.job_id join runs on runs.id = jobs.run_id
         where media.id = $1`
      : `select asker ->> 'user' as owner from runs where id = $1`,
    [target.is === 'media' ? target.media : target.run],
  );
  return row?.owner ?? null;
}
