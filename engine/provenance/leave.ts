import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../dsl/facts.ts';
import { mediaType } from '../../dsl/media-type.ts';
import { freeOrphans, holdBytes, holdBytesAlone, thereFor } from '../artifacts/freed.ts';
import type { Reader } from '../artifacts/port.ts';
import { consentOf } from '../consent/of.ts';
import { Failure } from '../failure.ts';
import { recordArtifact } from '../media.ts';
import type { Parts } from '../parts.ts';
import { historyOf } from './history.ts';
import { type Statement, stateOf } from './manifest.ts';
import { findSignedCopy, recordSignedCopy, type SignedCopy } from './signed-copies.ts';
import { rememberSigner, type Signer } from './signers.ts';

/** Signs with one certificate. */
export interface Signing {
  /** Throws a Failure PQL626 where there is none that signs now. */
  signer(): Promise<Signer>;
  /** Writes a copy of `source` with its credentials to `target`. Gives what people should know of it. */
  sign(signing: {
    source: string;
    target: string;
    mediaType: string;
    statement: Statement;
    /** Where the bytes of ingredients lie, by hash; those that are gone are named only. */
    files: ReadonlyMap<string, string>;
    signal?: AbortSignal | undefined;
  }): Promise<readonly string[]>;
}

/** What leaves the house instead of bytes of the store: a copy with credentials, or the bytes themselves. */
export interface Left extends SignedCopy {
  signed: boolean;
  /** What people should know of it, when it was signed just now. */
  notes?: readonly string[];
}

/** Which bytes people outside are given for media of a workspace. `of`: the film of which they are a preview. Throws a Failure PQL546 where
 * somebody in it may not be shown at this moment: TO, chats and links all come through here, so none of them goes round the gate. */
export type Leave = (
  workspace: string,
  media: { hash: string; facts: Facts; of?: string },
  reader: Reader,
) => Promise<Left>;

/** Signs what leaves, once: the copy is kept, so that TO, a chat and a link give the same bytes however often. What came from outside
 * and was not changed, and what cannot carry credentials, leaves as it is. Where nothing can be signed at the moment, what left before leaves as it did: it
 * was signed while its certificate held. Else throws the Failure PQL626 of the signing, or PQL627. */
export function createLeave(parts: Pick<Parts, 'store' | 'artifacts' | 'consent'>, signing: Signing): Leave {
  const { store, artifacts } = parts;
  const consent = consentOf(parts);
  const remembered = new Set<string>();
  return async (workspace, { hash, facts, of = hash }, reader) => {
    const no = await consent.mayLeave(workspace, of);
    if (no !== null)
      throw new Failure('user', 'PQL546', no, {
        hint: 'USES OF the person says more; moderators see what is held',
      });
    const bare: Left = { hash, bytes: facts.bytes, signed: false };
    const type = mediaType(facts);
    if (!carriers.has(type)) return bare;
    const signer = await whoSigns();
    const before = await findSignedCopy(store, workspace, hash, signer instanceof Failure ? null : signer.id);
    if (before !== null && (await artifacts.has(before.hash))) return { ...before, signed: true };
    const history = await historyOf(store, workspace, of);
    if (history === null || (history.foreign && of === hash)) return bare;
    if (signer instanceof Failure) throw keptUntilThen(signer);
    const statement = stateOf(history, hash, of !== hash);
    const target = join(reader.scratch, `signed-${crypto.randomUUID()}`);
    try {
      const files = new Map<string, string>();
      for (const each of statement.ingredients)
        if (await artifacts.has(each.hash)) files.set(each.hash, await artifacts.path(each.hash, reader));
      const source = await artifacts.path(hash, reader);
      const notes = await signing.sign({
        source,
        target,
        mediaType: type,
        statement,
        files,
        signal: reader.signal,
      });
      const copy = await artifacts.put(target, reader.signal);
      const kept = await keep(copy, signer.id);
      return { ...kept, signed: true, notes };
    } finally {
      await rm(target, { force: true });
    }

    async function whoSigns(): Promise<Signer | Failure> {
      try {
        const signer = await signing.signer();
        if (!remembered.has(signer.id)) await rememberSigner(store, signer);
        remembered.add(signer.id);
        return signer;
      } catch (error) {
        if (error instanceof Failure) return error;
        throw error;
      }
    }

    /** Of two who signed at the same time the first is kept. */
    async function keep(copy: SignedCopy, signer: string): Promise<SignedCopy> {
      const won = await store.transaction(async (queries) => {
        await holdBytes(queries);
        await thereFor(queries, artifacts, copy.hash);
        const there = await findSignedCopy(queries, workspace, hash, signer);
        if (there !== null && (await artifacts.has(there.hash))) return there;
        await recordArtifact(queries, { ...copy, kind: facts.kind, facts: { ...facts, bytes: copy.bytes } });
        return (await recordSignedCopy(queries, { workspace, of: hash, signer, hash: copy.hash }))
          ? copy
          : null;
      });
      if (won?.hash === copy.hash) return won;
      await store.transaction(async (queries) => {
        await holdBytesAlone(queries);
        await freeOrphans(queries, [copy]);
      });
      const first = won ?? (await findSignedCopy(store, workspace, hash, signer));
      if (first === null) throw new Error(`the signed copy of ${hash} went away at once`);
      return first;
    }
  };
}

/** Nothing is lost by a certificate that has ended. */
function keptUntilThen(cause: Failure): Failure {
  const hint = [cause.hint, 'the film is kept, and RETRY brings it then (in a chat, Re-run)'];
  return new Failure(cause.kind, cause.code, cause.message, {
    hint: hint.filter((each) => each !== null).join('; '),
    cause,
  });
}

/** What the library can put a manifest into, of what we make. */
const carriers: ReadonlySet<string> = new Set([
  'video/mp4',
  'video/quicktime',
  'audio/mp4',
  'audio/wav',
  'audio/mpeg',
  'image/jpeg',
  'image/png',
  'image/webp',
]);
