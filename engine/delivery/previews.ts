import type { Facts } from '../../dsl/facts.ts';
import type { Queries } from '../store/port.ts';

/** A smaller form of media that fits where files may only have so many bytes. */
export interface Preview {
  hash: string;
  bytes: number;
  facts: Facts;
  /** What people should know: `the first 40s at 640×360`. */
  says: string;
}

/** Selects what was made of media `$2` of a workspace, `$1`. */
const madeOf = `select previews.hash, artifacts.bytes, artifacts.facts, previews.says
  from previews join artifacts on artifacts.hash = previews.hash
  where workspace = $1 and of = $2`;

/** What was made of media to fit `fits` bytes; null where nothing was. */
export async function findPreview(
  queries: Queries,
  workspace: string,
  of: string,
  fits: number,
): Promise<Preview | null> {
  const [row] = await queries.query<Preview>(`${madeOf} and fits = $3`, [workspace, of, fits]);
  return row ?? null;
}

/** The largest that was made of media, for whatever place, which fits `fits` bytes. */
export async function largestPreview(
  queries: Queries,
  workspace: string,
  of: string,
  fits: number,
): Promise<Preview | null> {
  const [row] = await queries.query<Preview>(
    `${madeOf} and artifacts.bytes <= $3
     order by artifacts.bytes desc limit 1`,
    [workspace, of, fits],
  );
  return row ?? null;
}

/** Notes a preview; the newest wins. Its bytes have their row, as have those of what it is of. */
export async function recordPreview(
  queries: Queries,
  preview: { workspace: string; of: string; fits: number; hash: string; says: string },
): Promise<void> {
  await queries.query(
    `insert into previews (workspace, of, fits, hash, says) values ($1, $2, $3, $4, $5)
     on conflict (workspace, of, fits) do update set hash = excluded.hash, says = excluded.says, made_at = now()`,
    [preview.workspace, preview.of, preview.fits, preview.hash, preview.says],
  );
}

/** The bytes of previews that go when these go. */
export async function previewsOf(queries: Queries, hashes: readonly string[]): Promise<string[]> {
  const rows = await queries.query<{ hash: string }>(
    'select distinct hash from previews where of = any ($1::text[])',
    [hashes],
  );
  return rows.map(({ hash }) => hash);
}
