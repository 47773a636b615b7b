import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import type { ArtifactStore, StoredArtifact } from './port.ts';

/* Rows and files cannot be changed in one transaction, and several processes may work on one database and one store. What holds is:
 *
 *     a row of `artifacts` that is committed has its bytes in the store.
 *
 * A file is put first and its row is written later, a row is deleted first and its file is unlinked later. So an artifact goes
 *
 *   absent → put (a file, no row) → published (file and row) → freed (a file, no row, a row of `freed`) → absent
 *                    ↖______________________________________________↙ put again: the same bytes
 *
 * Whoever publishes holds the bytes' lock shared from before it looks whether the file is there until its row is committed
 * (`holdBytes`, then `thereFor`). Whoever deletes rows of artifacts or unlinks files holds it alone (`holdBytesAlone`). Therefore:
 *
 * - between the look of a publisher and its commit nothing is unlinked;
 * - a sweep sees the rows of every publisher that looked before it, and spares their bytes: it unlinks only what has no row;
 * - a publisher that looks after it finds nothing, writes nothing, and the bytes are made anew (PQL612, a transient failure);
 * - who is killed between deleting the row and unlinking the file leaves a row of `freed`, and the file is swept later;
 * - who is killed between unlinking and committing leaves a row of `freed` without a file, which is swept to nothing.
 *
 * The lock is one for all bytes and never held while something is made: for milliseconds by a publisher and by a handful of the sweep, by
 * a removal for as long as its rows take, about a second for each thousand jobs. It comes before every row lock, so nobody waits in a
 * circle. */

/** Any number, as long as nobody else locks it: "pql" and the bytes. */
const bytesLock = 7_071_420_002;

/** How many files are unlinked under one lock: a few milliseconds of disk. */
const handful = 200;

/** First in a transaction that publishes: nothing is unlinked until it ends. */
export async function holdBytes(queries: Queries): Promise<void> {
  await queries.query('select pg_advisory_xact_lock_shared($1::bigint)', [bytesLock]);
}

/** First in a transaction that takes rows of artifacts away: nothing is published until it ends. */
export async function holdBytesAlone(queries: Queries): Promise<void> {
  await queries.query('select pg_advisory_xact_lock($1::bigint)', [bytesLock]);
}

/** Throws when bytes that are about to get a row were swept since they were put. Under `holdBytes`. */
export async function thereFor(artifacts: ArtifactStore, hash: string): Promise<void> {
  if (await artifacts.has(hash)) return;
  throw new Failure('transient', 'PQL612', 'the same bytes were removed at the moment they were made', {
    hint: 'they are made anew by themselves',
  });
}

/** Deletes the rows of those artifacts that nothing needs any more, and writes down that their files may go. An artifact is needed as
 * long as somebody sees it, finished work is recalled as it, or a run that has not ended reads it or made it. Under `holdBytesAlone`. */
export async function freeUnneeded(queries: Queries, hashes: readonly string[]): Promise<StoredArtifact[]> {
  if (hashes.length === 0) return [];
  return queries.query<StoredArtifact>(
    `with alive as (
       select jobs.id, jobs.result from jobs join runs on runs.id = jobs.run_id where runs.state = 'running'
     ), gone as (
       delete from artifacts
       where hash = any ($1::text[])
         and not exists (select from media where media.hash = artifacts.hash)
         and not exists (select from works where works.hash = artifacts.hash)
         and hash not in (select result from alive where result is not null)
         and hash not in (select job_inputs.hash from job_inputs join alive on alive.id = job_id
                          where job_inputs.hash is not null)
       returning hash, bytes
     ), noted as (
       insert into freed (hash, bytes) select hash, bytes from gone on conflict (hash) do nothing
     )
     select hash, bytes from gone`,
    [hashes],
  );
}

/** Notes files that have no row at all, as a crash or a cancelled job leaves them. Under `holdBytesAlone`. */
export async function freeOrphans(queries: Queries, orphans: readonly StoredArtifact[]): Promise<void> {
  await queries.query(
    `insert into freed (hash, bytes)
     select hash, bytes from unnest($1::text[], $2::bigint[]) as list(hash, bytes)
     where not exists (select from artifacts where artifacts.hash = list.hash)
     on conflict (hash) do nothing`,
    [orphans.map(({ hash }) => hash), orphans.map(({ bytes }) => bytes)],
  );
}

/** Unlinks what was freed, unless it has a row again. Returns the bytes that went. Safe at any moment, by any number of processes. */
export async function sweepFreed({ store, artifacts }: Pick<Parts, 'store' | 'artifacts'>): Promise<number> {
  let bytes = 0;
  let last = '';
  // Mostly there is nothing, and a look costs no lock. In the order of hashes, since a look from the start would read every row that was
  // deleted before.
  while (await anyFreed(store, last)) {
    const rows = await store.transaction(async (queries) => {
      await holdBytesAlone(queries);
      const taken = await takeFreed(queries, last);
      await Promise.all(taken.map(({ hash, spared }) => spared || artifacts.remove(hash)));
      return taken;
    });
    for (const { hash, bytes: size, spared } of rows) {
      if (!spared) bytes += size;
      if (hash > last) last = hash;
    }
    if (rows.length === 0) break;
  }
  return bytes;
}

async function anyFreed(queries: Queries, after: string): Promise<boolean> {
  const rows = await queries.query('select from freed where hash > $1 limit 1', [after]);
  return rows.length > 0;
}

function takeFreed(queries: Queries, after: string): Promise<(StoredArtifact & { spared: boolean })[]> {
  return queries.query(
    `delete from freed
     where hash = any (array(select hash from freed where hash > $1 order by hash limit $2))
     returning hash, bytes, exists (select from artifacts where artifacts.hash = freed.hash) as spared`,
    [after, handful],
  );
}
