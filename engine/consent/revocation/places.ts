import type { Queries } from '../../store/port.ts';

/** Where bytes went from here: files that TO wrote, and links that they were put to. Nobody here can take those back; moderators can. */
export async function placesOf(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<{ exported: string[]; delivered: string[] }> {
  const exported = await queries.query<{ path: string }>(
    'select path from exports where workspace = $1 and hash = any ($2::text[]) order by path',
    [workspace, hashes],
  );
  const delivered = await queries.query<{ url: string }>(
    `select distinct url from jobs
     where workspace = $1 and effect and state = 'done' and url is not null and result = any ($2::text[]) order by url`,
    [workspace, hashes],
  );
  return { exported: exported.map(({ path }) => path), delivered: delivered.map(({ url }) => url) };
}
