import { durationText } from '../../dsl/build/duration.ts';
import type { Answer } from '../answer.ts';
import { freeOrphans, freeUnneeded, holdBytesAlone, longRemoval, sweepFreed } from '../artifacts/freed.ts';
import { checkArtifacts } from '../artifacts/orphans.ts';
import type { StoredArtifact } from '../artifacts/port.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { isModerator, mayTouch } from './may-touch.ts';
import { megabytes, plural, takeAway } from './take-away.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** PURGE CACHE, PURGE CACHE OLDER THAN 30d, PURGE GROUP g7.
 *
 * The cache of a workspace is the finished work that `works` remembers. Work whose result has an id such as v12 is recalled as long as
 * the id is there: letting go of it would free nothing and cost its making. PURGE CACHE takes the rest: work that nobody sees, its bytes
 * unless another workspace has them, and, without OLDER, files that no row speaks of. */
export const purge: Answerer<'purge'> = async ({ arguments: said, asker, confirmed }, { parts }) => {
  const { workspace } = asker;
  if (!('target' in said)) {
    if (!isModerator(asker))
      return refused(
        'PQL505',
        'the cache is purged by moderators',
        'PURGE GROUP g7 lets go of what you asked for',
      );
    const older = said.older ?? null;
    return confirmed ? purgeCache(parts, workspace, older) : ask(parts, workspace, older);
  }
  const found = await findTarget(parts.store, workspace, said.target);
  if (found === null) return unknown(parts.store, workspace, said.target);
  if (found.is !== 'group')
    return refused('PQL315', `${said.target} is no group`, `REMOVE ${said.target} removes it`);
  const denied = await mayTouch(parts.store, asker, found);
  if (denied !== null) return denied;
  return takeAway(parts, workspace, found, { verb: 'purge', forget: true }, confirmed);
};

async function ask(parts: Parts, workspace: string, older: number | null): Promise<Answer> {
  const { works, bytes } = await countUnseen(parts.store, workspace, older);
  const orphans = older === null ? await orphansOf(parts) : [];
  if (works === 0 && orphans.length === 0)
    return plainText(
      `nothing to purge: ${older === null ? 'all that the cache holds is still seen' : 'what only the cache holds was used since'}`,
    );
  const size = orphans.reduce((sum, each) => sum + each.bytes, 0);
  return {
    type: 'confirm',
    question: `Purge the cache${older === null ? '' : ` of what was not used for ${durationText(older)}`}? It would have to be made anew; what has an id stays.`,
    touches: [
      ...(works === 0
        ? []
        : [`${plural(works, 'finished job')} that nobody sees any more, up to ${megabytes(bytes)}`]),
      ...(orphans.length === 0
        ? []
        : [
            `${plural(orphans.length, 'file')} that ${orphans.length === 1 ? 'belongs' : 'belong'} to nothing, ${megabytes(size)}`,
          ]),
    ],
  };
}

async function purgeCache(parts: Parts, workspace: string, older: number | null): Promise<Answer> {
  // Listed before the lock is taken, since it may take seconds; whatever got a row meanwhile is left out under it.
  const orphans = older === null ? await orphansOf(parts) : [];
  const works = await parts.store.transaction(async (queries) => {
    await holdBytesAlone(queries);
    const forgotten = await forgetUnseen(queries, workspace, older);
    await freeUnneeded(queries, [...new Set(forgotten.map(({ hash }) => hash))]);
    if (orphans.length > 0 && !(await isAtWork(queries))) await freeOrphans(queries, orphans);
    return forgotten.length;
  }, longRemoval);
  const bytes = await sweepFreed(parts);
  return plainText(`purged ${plural(works, 'finished job')} from the cache; ${megabytes(bytes)} freed`);
}

/** Files without a row. While something runs one of them may be a result that gets its row at this moment, so they wait. */
async function orphansOf({ store, artifacts }: Parts): Promise<StoredArtifact[]> {
  if (await isAtWork(store)) return [];
  const rows = () => store.query<StoredArtifact>('select hash, bytes from artifacts');
  const { orphans } = await checkArtifacts(artifacts, async function* () {
    yield* await rows();
  });
  return orphans;
}

/** Finished work of the workspace whose result it does not show, last used longer ago than so many seconds. */
const unseen = `works.workspace = $1
  and not exists (select from media where media.workspace = works.workspace and media.hash = works.hash)
  and ($2::double precision is null or used_at < now() - $2 * interval '1 second')`;

async function countUnseen(
  queries: Queries,
  workspace: string,
  older: number | null,
): Promise<{ works: number; bytes: number }> {
  const [row] = await queries.query<{ works: number; bytes: number }>(
    `select coalesce(sum(works), 0)::bigint as works, coalesce(sum(bytes), 0)::bigint as bytes
     from (select hash, count(*) as works from works where ${unseen} group by hash) as kept join artifacts using (hash)`,
    [workspace, older],
  );
  return row as { works: number; bytes: number };
}

function forgetUnseen(
  queries: Queries,
  workspace: string,
  older: number | null,
): Promise<{ hash: string }[]> {
  return queries.query(`delete from works where ${unseen} returning hash`, [workspace, older]);
}

/** Whether anything runs, of whatever workspace. */
async function isAtWork(queries: Queries): Promise<boolean> {
  const [row] = await queries.query<{ busy: boolean }>(
    `select exists (select from runs where state = 'running') as busy`,
  );
  return row?.busy === true;
}
