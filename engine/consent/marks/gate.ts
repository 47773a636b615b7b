import type { Store } from '../../store/port.ts';
import type { Outside } from '../faces/gate.ts';
import type { Sight } from '../faces/port.ts';
import { judge, type Objection, type Register } from '../gate/judge.ts';
import { recipeTexts } from '../gate/media-texts.ts';
import { anybodySaidNo, madeBy, recipesOf, rememberMarks } from './looks.ts';

/** What marks are looked for with. */
export interface MarkTools {
  /** The payloads of the marks in the frames of a film or a picture; null where this machine cannot look. */
  look(sight: Sight, signal?: AbortSignal): Promise<readonly string[] | null>;
  /** Reads bytes of the store as a file, which stays until the work is done. */
  withFile<T>(hash: string, work: (path: string) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Finds the files that matter, where it has to be known. */
type Files<Origin> = () => Promise<readonly Outside<Origin>[]>;

/** The part of the gate that asks frames where they come from: a film of ours that comes back without its name, its recipe and its credentials is judged by what it was made of. */
export interface MarkGate {
  /** Looks at files from outside, each once, and says why they may not be used; where nobody ever said no it costs a query. */
  inFiles<Origin>(
    workspace: string,
    files: Files<Origin>,
    signal?: AbortSignal,
  ): Promise<Objection<Origin>[]>;
  /** The same of what was looked at before, and of nothing else. */
  seenBefore<Origin>(workspace: string, files: Files<Origin>): Promise<Objection<Origin>[]>;
}

/** Opens it. Marks are a second signal that whoever means to can take out: without tools nothing is looked at, and all else that the gate does stays as it is. */
export function openMarkGate(register: Register, store: Store, tools: MarkTools | null): MarkGate {
  const judgeMarks = async <Origin>(
    workspace: string,
    files: readonly Outside<Origin>[],
    made: ReadonlyMap<string, readonly string[]>,
  ): Promise<Objection<Origin>[]> => {
    const objections: Objection<Origin>[] = [];
    for (const { hash, name, origin } of files) {
      const texts = new Set((made.get(hash) ?? []).flatMap(recipeTexts));
      if (texts.size === 0) continue;
      const said = [...texts].map((text) => ({ text, origin }));
      const found = (await judge(register, workspace, said)).objections.find(({ code }) => code !== 'PQL544');
      if (found === undefined) continue;
      objections.push({
        ...{ code: found.code, origin, start: null, end: null, question: null, claim: null },
        message: `${found.message}, and the frames of ${name} bear the mark of a film that was made here of them`,
        hint: 'leave the file out: a mark stays when a film is stripped, renamed and encoded again',
      });
    }
    return objections;
  };
  return {
    async inFiles(workspace, find, signal) {
      if (tools === null || !(await anybodySaidNo(store))) return [];
      const files = await find();
      const made = new Map(
        await recipesOf(
          store,
          files.map(({ hash }) => hash),
        ),
      );
      for (const { hash, facts } of files) {
        if (made.has(hash) || (facts?.kind !== 'video' && facts?.kind !== 'image')) continue;
        const payloads = await tools.withFile(hash, (path) => tools.look({ path, facts }, signal), signal);
        if (payloads === null) continue;
        const recipes = await madeBy(store, payloads);
        await rememberMarks(store, hash, recipes);
        made.set(hash, recipes);
      }
      return judgeMarks(workspace, files, made);
    },
    async seenBefore(workspace, find) {
      if (!(await anybodySaidNo(store))) return [];
      const files = await find();
      const hashes = files.map(({ hash }) => hash);
      return judgeMarks(workspace, files, await recipesOf(store, hashes));
    },
  };
}
