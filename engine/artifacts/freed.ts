import { previewsOf } from '../delivery/previews.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { signedCopiesOf } from '../provenance/signed-copies.ts';
import type { Queries } from '../store/port.ts';
import type { ArtifactStore, StoredArtifact } from './port.ts';

/* Rows and files cannot be changed in one transaction, and several machines may work on one database and one store. What holds is:
 *
 *     a row of `artifacts` that is committed has its bytes in the store.
 *
 * A file is put first and its row is written later, a row is deleted first and its file is unlinked later. So an artifact goes
 *
 *   absent → put (a file, no row) → published (file and row) → freed (a file, no row, a row of `freed`) → going (the same, `going_at`) → absent
 *                    ↖______________________________________________↙ put again: the same bytes
 *
 * Whoever publishes holds the bytes' lock shared from before it looks whether the file is there until its row is committed
 * (`holdBytes`, then `thereFor`). Whoever deletes rows of artifacts or marks files as going holds it alone (`holdBytesAlone`). What is going
 * gets no row: publishers are refused (PQL612, a transient failure, after which the bytes are made anew). Therefore:
 *
 * - between the look of a publisher and its commit nothing begins to go;
 * - a sweep sees the rows of every publisher that looked before it, and spares their bytes: it marks only what has no row;
 * - what is unlinked has no row and gets none until it is known to be gone, so unlinking needs no lock, however far away the store is;
 * - a publisher that looks after it finds nothing and writes nothing;
 * - who is killed between deleting the row and marking the file leaves a row of `freed`, and the file is swept later;
 * - who is killed while the file goes leaves it marked. Another one takes that over when nothing of it can be on its way any more, by
 *   the clock of the database, or at once when it is alone in its home.
 *
 * The lock is one for all bytes and never held while something is made or unlinked: for milliseconds by a publisher and a sweep, by a
 * removal for as long as its rows take, about a second for each thousand jobs. It comes before every row lock, so nobody waits in a circle. */

/** Any number, as long as nobody else locks it: "pql" and the bytes. */
export const bytesLock = 7_071_420_002;

/** Of the transactions of removals: they take about a second for each thousand jobs, and wait for those before them. */
export const longRemoval = Object.freeze({ patience: 10 * 60_000 });

/** How many files go at once. */
const handful = 200;

/** Seconds after marking a file within which it is asked to be unlinked, if at all. Twice as long, and as long again as a request may be on
 * its way, after that nobody can be at it any more. */
const longestBegun = 60;

/** First in a transaction that publishes: nothing is unlinked until it ends. */
export async function holdBytes(queries: Queries): Promise<void> {
  await queries.query('select pg_advisory_xact_lock_shared($1::bigint)', [bytesLock]);
}

/** First in a transaction that takes rows of artifacts away: nothing is published until it ends. */
export async function holdBytesAlone(queries: Queries): Promise<void> {
  await queries.query('select pg_advisory_xact_lock($1::bigint)', [bytesLock]);
}

/** Throws when bytes that are about to get a row were swept since they were put, or are being. Under `holdBytes`. */
export async function thereFor(queries: Queries, artifacts: ArtifactStore, hash: string): Promise<void> {
  const [going] = await queries.query('select from freed where hash = $1 and going_at is not null', [hash]);
  if (going === undefined && (await artifacts.has(hash))) return;
  throw new Failure('transient', 'PQL612', 'the same bytes were removed at the moment they were made', {
    hint: 'they are made anew by themselves',
  });
}

/** Deletes the rows of those artifacts that nothing needs any more, and writes down that their files may go; their previews and signed copies go with them. An
 * artifact is needed as long as somebody sees it, it is held (engine/consent/), finished work is recalled as it, it is the preview or the signed copy of another,
 * or a run that has not ended reads it or made it. Under `holdBytesAlone`. */
export async function freeUnneeded(queries: Queries, hashes: readonly string[]): Promise<StoredArtifact[]> {
  if (hashes.length === 0) return [];
  const previews = await previewsOf(queries, hashes);
  const signed = await signedCopiesOf(queries, [...hashes, ...previews]);
  const freed: StoredArtifact[] = [];
  // In this order: each keeps the next.
  for (const batch of [hashes, previews, signed])
    if (batch.length > 0) freed.push(...(await free(queries, batch)));
  return freed;
}

function free(queries: Queries, hashes: readonly string[]): Promise<StoredArtifact[]> {
  return queries.query<StoredArtifact>(
    `with alive as (
       select jobs.id, jobs.result from jobs join runs on runs.id = jobs.run_id where runs.state = 'running'
     ), gone as (
       delete from artifacts
       where hash = any ($1::text[])
         and not exists (select from media where media.hash = artifacts.hash)
         and not exists (select from works where works.hash = artifacts.hash)
         and not exists (select from previews where previews.hash = artifacts.hash)
         and not exists (select from signed_copies where signed_copies.hash = artifacts.hash)
         and not exists (select from held_media where held_media.hash = artifacts.hash)
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

/** Unlinks what was freed, unless it has a row again. Returns the bytes that went. Safe at any moment, by any number of processes on
 * any number of machines. A store that does not answer now keeps its files until a later sweep. `alone`: nobody else can be at it, since the
 * home is ours. */
export async function sweepFreed(
  { store, artifacts }: Pick<Parts, 'store' | 'artifacts'>,
  { alone = false }: { alone?: boolean } = {},
): Promise<number> {
  const stale = alone ? 0 : 2 * longestBegun + (artifacts.lingering ?? 0);
  let bytes = 0;
  let last = '';
  // Mostly there is nothing, and a look costs no lock. In the order of hashes, since a look from the start would read every row that was
  // deleted before.
  while (await anyFreed(store, last, stale)) {
    const picked = await store.transaction(async (queries) => {
      await holdBytesAlone(queries);
      return pick(queries, last, stale);
    });
    if (picked.length === 0) break;
    last = picked.at(-1)?.hash ?? last;
    const going = picked.filter(({ spared }) => !spared);
    if (!(await unlinkAll({ store, artifacts }, going))) break;
    for (const each of going) bytes += each.bytes;
  }
  return bytes;
}

interface Picked extends StoredArtifact {
  spared: boolean;
  /** When it was marked, as the database writes it. */
  mark: string;
}

/** Says false when the store does not answer, which leaves the marks: a request may still be on its way. */
async function unlinkAll(
  { store, artifacts }: Pick<Parts, 'store' | 'artifacts'>,
  going: readonly Picked[],
): Promise<boolean> {
  const begun = performance.now();
  const hashes = going.map(({ hash }) => hash);
  const mark = going[0]?.mark ?? null;
  const ended = await Promise.allSettled(
    hashes.map(async (hash) => {
      // A process that was stopped in between must not go on: somebody else may have.
      if (performance.now() - begun > longestBegun * 1000)
        throw new Failure('transient', 'PQL614', 'too late');
      await artifacts.remove(hash);
    }),
  );
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken?.reason instanceof Failure && broken.reason.kind === 'transient') return false;
  await store.query(
    broken === undefined
      ? 'delete from freed where hash = any ($1::text[]) and going_at = $2::timestamptz'
      : 'update freed set going_at = null where hash = any ($1::text[]) and going_at = $2::timestamptz',
    [hashes, mark],
  );
  if (broken !== undefined) throw broken.reason;
  return true;
}

/** Neither going nor left behind by somebody who died. */
const isFree = `(going_at is null or going_at <= clock_timestamp() - $2 * interval '1 second')`;

async function anyFreed(queries: Queries, after: string, stale: number): Promise<boolean> {
  const rows = await queries.query(`select from freed where hash > $1 and ${isFree} limit 1`, [after, stale]);
  return rows.length > 0;
}

/** Marks the next files as going and forgets those that have a row again; both are returned, in the order of hashes. */
function pick(queries: Queries, after: string, stale: number): Promise<Picked[]> {
  return queries.query<Picked>(
    `with picked as (
       select hash, bytes, exists (select from artifacts where artifacts.hash = freed.hash) as spared
       from freed where hash > $1 and ${isFree} order by hash limit $3
     ), forgotten as (
       delete from freed using picked where freed.hash = picked.hash and spared
     ), marked as (
       update freed set going_at = statement_timestamp() from picked where freed.hash = picked.hash and not spared
     )
     select hash, bytes, spared, statement_timestamp()::text as mark from picked order by hash`,
    [after, stale, handful],
  );
}
