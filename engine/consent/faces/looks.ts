import type { Queries, Store } from '../../store/port.ts';
import type { Finding } from './compare.ts';

/** What was seen in a file. */
export interface Looked {
  faces: number;
  more: boolean;
  findings: Finding[];
}

/** What stands for looking at faces: whether anybody's is known, and the number that each new template raises. */
export async function facesEpoch(queries: Queries): Promise<{ epoch: number; known: boolean }> {
  const [row] = await queries.query<{ epoch: number; known: boolean }>(
    'select faces as epoch, exists (select from face_templates) as known from consent_head',
  );
  return row as { epoch: number; known: boolean };
}

/** What was seen in these files since the last template came, by hash. */
export async function lookedAt(queries: Queries, hashes: readonly string[]): Promise<Map<string, Looked>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<Looked & { hash: string }>(
    `select face_looks.hash, face_looks.faces, more,
            coalesce((select jsonb_agg(jsonb_build_object('person', person_id, 'sure', sure) order by person_id)
                      from face_findings where face_findings.hash = face_looks.hash), '[]') as findings
     from face_looks, consent_head where face_looks.hash = any ($1::text[]) and faces_epoch = consent_head.faces`,
    [hashes],
  );
  return new Map(rows.map(({ hash, ...looked }) => [hash, looked]));
}

/** Remembers what was seen in a file of the store under an epoch. Nothing where the file went meanwhile, or a template came or went. */
export function rememberLook(
  store: Store,
  hash: string,
  epoch: number,
  { faces, more, findings }: Looked,
): Promise<void> {
  return store.transaction(async (queries) => {
    const rows = await queries.query(
      `insert into face_looks (hash, faces_epoch, faces, more)
       select artifacts.hash, $2, $3, $4 from artifacts, consent_head where artifacts.hash = $1 and consent_head.faces = $2
       on conflict (hash) do update set faces_epoch = $2, faces = $3, more = $4, looked_at = now()
       returning hash`,
      [hash, epoch, faces, more],
    );
    if (rows.length === 0) return;
    await queries.query('delete from face_findings where hash = $1', [hash]);
    await queries.query(
      `insert into face_findings (hash, person_id, sure)
       select $1, person, sure from unnest($2::bigint[], $3::boolean[]) as found(person, sure)
       where exists (select from face_templates where face_templates.person_id = person)`,
      [hash, findings.map(({ person }) => person), findings.map(({ sure }) => String(sure))],
    );
  });
}
