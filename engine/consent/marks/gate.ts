import type { Store } from '../../store/port.ts';
import type { Outside } from '../faces/gate.ts';
import type { Sight } from '../faces/port.ts';
import { judge, type Objection, type Register } from '../gate/judge.ts';
import { recipeTexts } from '../gate/media-texts.ts';
import { anybodySaidNo, type MadeHere, madeBy, madeOf, rememberMarks } from './looks.ts';

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
  const whyNot = async (workspace: string, works: readonly MadeHere[]) => {
    const texts = new Set(works.flatMap(({ recipe }) => recipeTexts(recipe)));
    const said = [...texts].map((text) => ({ text, origin: null }));
    const { objections } = await judge(register, workspace, said);
    const found = objections.find(({ code }) => code !== 'PQL544');
    const named = works.every((work) => work.workspace === workspace);
    return found === undefined ? null : { code: found.code, message: found.message, named };
  };
  const judgeMarks = async <Origin>(
    workspace: string,
    files: readonly Outside<Origin>[],
    made: ReadonlyMap<string, readonly MadeHere[]>,
  ): Promise<Objection<Origin>[]> => {
    const objections: Objection<Origin>[] = [];
    for (const { hash, name, origin } of files) {
      const works = made.get(hash) ?? [];
      const own = works.filter((work) => work.workspace === workspace);
      // What was made elsewhere is judged, and nothing of it is told.
      const found = (await whyNot(workspace, own)) ?? (await whyNot(workspace, works));
      if (found === null) continue;
      const { code, message, named } = found;
      objections.push({
        ...{ code, origin, start: null, end: null, question: null, claim: null },
        message: named
          ? `${message}, and the frames of ${name} bear the mark of a film that was made here of them`
          : `${name} shows somebody who gave no leave: its frames bear the mark of a film that was made of them`,
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
        await madeOf(
          store,
          files.map(({ hash }) => hash),
        ),
      );
      for (const { hash, facts } of files) {
        if (made.has(hash) || (facts?.kind !== 'video' && facts?.kind !== 'image')) continue;
        const payloads = await tools.withFile(hash, (path) => tools.look({ path, facts }, signal), signal);
        if (payloads === null) continue;
        const works = await madeBy(store, payloads);
        await rememberMarks(store, hash, works);
        made.set(hash, works);
      }
      return judgeMarks(workspace, files, made);
    },
    async seenBefore(workspace, find) {
      if (!(await anybodySaidNo(store))) return [];
      const files = await find();
      const hashes = files.map(({ hash }) => hash);
      return judgeMarks(workspace, files, await madeOf(store, hashes));
    },
  };
}
