import { Failure } from '../../failure.ts';
import type { Queries } from '../../store/port.ts';
import type { FaceKey, FaceKeys } from './keys.ts';
import { seal, unseal } from './seal.ts';

/** What somebody's face is known by, opened; never longer in memory than it takes to compare. */
export interface Template {
  person: number;
  known: Float32Array;
}

/** Whose template it is, as the seal knows it. */
const ownerOf = (person: number, request: number) => `person ${person}, request ${request}`;

/** Keeps a template under a request that two moderators approved, and makes all that was looked at be looked at anew. Under `lockHead`. */
export async function keepTemplate(
  queries: Queries,
  [key]: readonly [FaceKey, ...FaceKey[]],
  { person, request, known }: Template & { request: number },
): Promise<void> {
  const sealed = seal(key, known, ownerOf(person, request)).toString('base64');
  await queries.query(
    `insert into face_templates (request_id, person_id, key_id, sealed) values ($1, $2, $3, decode($4, 'base64'))`,
    [request, person, key.id, sealed],
  );
  await queries.query('update consent_head set faces = faces + 1');
}

/** Every template, each opened. One that an older key sealed is sealed anew with the first, so that the older one can be put away. Throws Failure PQL551
 * where one cannot be opened: then nobody can tell who may be shown. */
export async function openTemplates(queries: Queries, keys: FaceKeys): Promise<Template[]> {
  const rows = await queries.query<{ request: number; person: number; key: string; sealed: string }>(
    `select request_id as request, person_id as person, key_id as key, encode(sealed, 'base64') as sealed
     from face_templates order by request_id`,
  );
  if (rows.length === 0) return [];
  const known = await keys();
  const [first] = known;
  const templates: Template[] = [];
  for (const { request, person, key: id, sealed } of rows) {
    const key = known.find((each) => each.id === id);
    const owner = ownerOf(person, request);
    const template = key === undefined ? null : opened(key, Buffer.from(sealed, 'base64'), owner);
    if (template === null) throw locked(id);
    templates.push({ person, known: template });
    if (id !== first.id)
      await queries.query(
        `update face_templates set key_id = $2, sealed = decode($3, 'base64') where request_id = $1 and key_id = $4`,
        [request, first.id, seal(first, template, owner).toString('base64'), id],
      );
  }
  return templates;
}

function opened(key: FaceKey, sealed: Uint8Array, owner: string): Float32Array | null {
  try {
    return unseal(key, sealed, owner);
  } catch {
    return null;
  }
}

function locked(key: string): Failure {
  return new Failure(
    'permanent',
    'PQL551',
    `a face that is to be looked for is sealed with the key ${key}, which is not here`,
    {
      hint: 'put faces.key back into the home, or the key into PQL_FACES_KEY; else FORGET FACE OF whoever SHOW FACES lists',
    },
  );
}
