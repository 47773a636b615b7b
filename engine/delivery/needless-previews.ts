import type { JsonObject } from '../../dsl/json.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import type { Queries } from '../store/port.ts';

interface MaybeFit {
  id: number;
  operation: string;
  arguments: JsonObject;
  inputs: readonly { hash: string }[];
}

/** Ends those of these jobs at once that would make a preview of what fits as it is, or that was made before: a film that is there must not wait for
 * a lane to learn that nothing is to be done. Returns their ids. */
export async function endNeedlessPreviews(
  queries: Queries,
  artifacts: ArtifactStore,
  workspace: string,
  jobs: readonly MaybeFit[],
): Promise<ReadonlySet<number>> {
  const fits = jobs.filter(({ operation }) => operation === 'fit');
  if (fits.length === 0) return new Set();
  const rows = await queries.query<{ id: number; of: string; preview: string | null }>(
    `select asked.id, asked.of, previews.hash as preview
     from jsonb_to_recordset($2::jsonb) as asked(id bigint, of text, bytes bigint)
       join artifacts on artifacts.hash = asked.of
       left join previews on previews.workspace = $1 and previews.of = asked.of and previews.fits = asked.bytes
     where artifacts.bytes <= asked.bytes or previews.hash is not null`,
    [
      workspace,
      JSON.stringify(
        fits.map(({ id, arguments: { bytes }, inputs }) => ({ id, bytes, of: inputs[0]?.hash })),
      ),
    ],
  );
  const there = await Promise.all(rows.map(({ preview }) => preview === null || artifacts.has(preview)));
  const needless = rows.filter((_, at) => there[at]);
  await queries.query(
    `update jobs set state = 'done', result = needless.of, finished_at = now(), changed = nextval('job_changes')
     from unnest($1::bigint[], $2::text[]) as needless(id, of) where jobs.id = needless.id`,
    [needless.map(({ id }) => id), needless.map(({ of }) => of)],
  );
  return new Set(needless.map(({ id }) => id));
}
