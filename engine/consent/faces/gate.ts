import type { Facts } from '../../../dsl/facts.ts';
import { Failure } from '../../failure.ts';
import type { Store } from '../../store/port.ts';
import type { Objection, Register } from '../gate/judge.ts';
import { compareFaces } from './compare.ts';
import { judgeFaces } from './judge-faces.ts';
import type { FaceKeys } from './keys.ts';
import { facesEpoch, type Looked, lookedAt, rememberLook } from './looks.ts';
import type { LookAtFaces, Sight } from './port.ts';
import { openTemplates } from './templates.ts';
import type { Shown } from './words.ts';

/** What faces are looked for with. */
export interface FaceTools {
  look: LookAtFaces;
  keys: FaceKeys;
  /** Reads bytes of the store as a file, which stays until the work is done. */
  withFile<T>(hash: string, work: (path: string) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A file of a workspace that came from outside. */
export interface Outside<Origin> extends Shown {
  hash: string;
  facts: Facts | null;
  origin: Origin;
  /** A picture that was made of it, where only that is worked from: it is looked at instead, and moderators still decide about the file. */
  picture?: { hash: string; facts: Facts | null };
}

/** What a job made; its hash is computed where somebody asks. */
export interface Result extends Sight {
  hash(): Promise<string>;
}

/** How it is looked at. */
export interface FaceQuestion {
  /** Whether pictures are made from it: then faces are looked for even where nobody's is known. */
  reference: boolean;
  texts: readonly string[];
  signal?: AbortSignal | undefined;
}

/** Finds the files that matter, where it has to be known. */
type Files<Origin> = () => Promise<readonly Outside<Origin>[]>;

/** The part of the gate that looks at pictures. Where nobody's face is known it costs a query, and nothing is looked at but what pictures are made from. */
export interface FaceGate {
  /** Looks at files from outside, each once until the next template comes, and says why they may not be used. */
  inFiles<Origin>(
    workspace: string,
    files: Files<Origin>,
    question: FaceQuestion,
  ): Promise<Objection<Origin>[]>;
  /** The same of what was looked at before, and of nothing else. */
  seenBefore<Origin>(workspace: string, files: Files<Origin>): Promise<Objection<Origin>[]>;
  /** Looks at what was made, before anybody sees it. */
  inResult(
    workspace: string,
    result: Result,
    question: Pick<FaceQuestion, 'texts' | 'signal'>,
  ): Promise<Objection<null>[]>;
}

/** Opens it. Without tools what would have to be looked at is refused, so that leaving them out never opens a way around. */
export function openFaceGate(register: Register, store: Store, tools: FaceTools | null): FaceGate {
  const looking = async (sight: Sight, known: boolean, signal: AbortSignal | undefined): Promise<Looked> => {
    if (tools === null) throw blind();
    const seen = await tools.look(sight, { know: known, ...(signal ? { signal } : {}) });
    const templates = known ? await openTemplates(store, tools.keys) : [];
    return { faces: seen.faces.length, more: seen.more, findings: compareFaces(seen, templates) };
  };
  return {
    async inFiles(workspace, find, { reference, texts, signal }) {
      const { epoch, known } = await facesEpoch(store);
      if (!known && !reference) return [];
      const files = await find();
      const before = await lookedAt(
        store,
        files.map(({ hash, picture }) => picture?.hash ?? hash),
      );
      const cases = [];
      for (const { picture, facts: own, ...file } of files) {
        const { hash, facts } = picture ?? { hash: file.hash, facts: own };
        if (facts?.kind !== 'video' && facts?.kind !== 'image') continue;
        let looked = before.get(hash);
        if (looked === undefined) {
          if (tools === null) throw blind();
          const look = (path: string) => looking({ path, facts }, known, signal);
          looked = await tools.withFile(hash, look, signal);
          before.set(hash, looked);
          await rememberLook(store, hash, epoch, looked);
        }
        cases.push({ ...file, looked, reference });
      }
      return judgeFaces(register, workspace, cases, texts);
    },
    async seenBefore(workspace, find) {
      if (!(await facesEpoch(store)).known) return [];
      const files = await find();
      const before = await lookedAt(
        store,
        files.map(({ hash }) => hash),
      );
      const cases = files.flatMap(({ facts: _, ...file }) => {
        const looked = before.get(file.hash);
        return looked === undefined ? [] : [{ ...file, looked, reference: false }];
      });
      return judgeFaces(register, workspace, cases);
    },
    async inResult(workspace, { hash: hashOf, path, facts }, { texts, signal }) {
      const { known } = await facesEpoch(store);
      if (!known) return [];
      const looked = await looking({ path, facts }, true, signal);
      const hash = await hashOf();
      const result = { hash, name: 'the result', claim: null, looked, reference: false, origin: null };
      return judgeFaces(register, workspace, [result], texts);
    },
  };
}

function blind(): Failure {
  return new Failure('permanent', 'PQL552', 'faces have to be looked for, and nothing here can', {
    hint: 'run it on a machine where pql doctor says that networks work',
  });
}
