import { createHash } from 'node:crypto';
import { Failure } from '../../failure.ts';
import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import { dropEvidence } from '../grants/evidence.ts';
import type { Actor } from '../registry/person.ts';
import type { ConsentRequest } from '../requests/states.ts';
import type { FaceTools } from './gate.ts';
import type { FaceKey } from './keys.ts';
import { keepTemplate } from './templates.ts';

/** Why a picture does not do to remember somebody by. */
export interface NoFace {
  problem: string;
  hint: string | null;
}

/** What was prepared for the last approval: what the face in the picture is known by, and the keys to seal it with. */
export interface PreparedFace {
  known: Float32Array;
  keys: readonly [FaceKey, ...FaceKey[]];
}

/** Whether a picture shows exactly one face; nobody is told apart by it yet. Null when it does. */
export async function whyNoFace(tools: FaceTools, picture: Uint8Array): Promise<NoFace | null> {
  const seen = await inWords(() => tools.look({ picture }, { know: false }));
  return 'problem' in seen ? seen : count(seen.faces.length);
}

/** What the face in the picture of a request is known by. To be asked when one moderator approved, and never before. */
export async function prepareFace(
  queries: Queries,
  tools: FaceTools,
  { details, number }: ConsentRequest,
): Promise<PreparedFace | NoFace> {
  const picture = await pictureOf(queries, details.picture?.sha256 ?? null);
  if (picture === null)
    return {
      problem: `the picture of r${number} is gone, or another than was shown`,
      hint: 'DENY it, and REMEMBER anew',
    };
  const seen = await inWords(() => tools.look({ picture }, { know: true }));
  if ('problem' in seen) return seen;
  const [face] = seen.faces;
  if (face === undefined || seen.faces.length > 1)
    return count(seen.faces.length) ?? { problem: 'no face', hint: null };
  if (face.known === null)
    return { problem: 'the face in it is too small', hint: 'give a picture that is nearer' };
  return { known: face.known, keys: await tools.keys() };
}

/** Keeps what a face is known by, and deletes the picture. Under `lockHead`, by a request that two moderators approved. */
export async function rememberFace(
  queries: Queries,
  request: ConsentRequest,
  { known, keys }: PreparedFace,
  by: Actor,
): Promise<void> {
  const { person, id, number, details } = request;
  await keepTemplate(queries, keys, { person, request: id, known });
  await deletePicture(queries, request);
  await audit(queries, 'face remembered', by, {
    ...{ person, request: `r${number}`, key: keys[0].id },
    picture: details.picture?.sha256 ?? '',
  });
}

/** Deletes the picture of a request that is decided, unless somebody else showed the same bytes. */
export async function deletePicture(
  queries: Queries,
  { id, details }: Pick<ConsentRequest, 'id' | 'details'>,
): Promise<void> {
  const sha256 = details.picture?.sha256;
  if (sha256 === undefined) return;
  await queries.query(`update consent_requests set details = details - 'picture' where id = $1`, [id]);
  await dropEvidence(queries, sha256);
}

async function pictureOf(queries: Queries, sha256: string | null): Promise<Uint8Array | null> {
  const [row] = await queries.query<{ bytes: string }>(
    `select encode(bytes, 'base64') as bytes from consent_evidence where hash = $1`,
    [sha256],
  );
  const bytes = row === undefined ? null : Buffer.from(row.bytes, 'base64');
  return bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null;
}

function count(faces: number): NoFace | null {
  if (faces === 1) return null;
  return faces === 0
    ? { problem: 'no face can be found in the picture', hint: 'give one that shows the face from the front' }
    : {
        problem: `there are ${faces} faces in the picture`,
        hint: 'cut it so that it shows this person alone',
      };
}

/** What cannot be read, or looked at, in words. */
async function inWords<T>(look: () => Promise<T>): Promise<T | NoFace> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { problem: error.message, hint: error.hint };
  }
}
