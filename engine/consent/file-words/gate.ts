import { Failure } from '../../failure.ts';
import type { Store } from '../../store/port.ts';
import type { Outside } from '../faces/gate.ts';
import type { Objection, Register } from '../gate/judge.ts';
import { findNamed, type Named } from './find.ts';
import { judgeFileWords } from './judge.ts';
import type { FileText, ReadFileWords } from './port.ts';
import { fileWordsOf, rememberFileWords } from './remember.ts';

/** What is written inside of files is read with. */
export interface FileWordsTools {
  read: ReadFileWords;
  /** Reads bytes of the store as a file, which stays until the work is done. */
  withFile<T>(hash: string, work: (path: string) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** How many files are remembered with who is named in them: subtitles of a feature film take a second to look through. */
const mostRemembered = 500;

/** The part of the gate that reads what is written inside of clips and pictures from outside: titles, chapters, subtitles, captions. */
export interface FileWordsGate {
  /** Reads clips that were not read before, and says why they may not be used. */
  inFiles<Origin>(
    workspace: string,
    files: readonly Outside<Origin>[],
    signal?: AbortSignal,
  ): Promise<Objection<Origin>[]>;
  /** The same of what was read before, and of nothing else; without subtitles where `spoken` is false. */
  readBefore<Origin>(
    workspace: string,
    files: readonly Outside<Origin>[],
    question: { spoken: boolean },
  ): Promise<Objection<Origin>[]>;
}

/** Opens it. Without tools a clip that nobody read yet is refused as soon as there is anybody to find, so that leaving them out never opens a way around. */
export function openFileWordsGate(
  register: Register,
  store: Store,
  tools: FileWordsTools | null,
): FileWordsGate {
  const named = rememberNamed(register);
  const judge = async <Origin>(
    workspace: string,
    files: readonly Outside<Origin>[],
    texts: ReadonlyMap<string, FileText[]>,
    spoken = true,
  ) => {
    const cases = [];
    for (const { facts: _, ...file } of files) {
      const all = await named(file.hash, texts.get(file.hash) ?? []);
      const found = all.filter(({ kind }) => spoken || kind !== 'spoken');
      if (found.length > 0) cases.push({ ...file, named: found });
    }
    return cases.length === 0 ? [] : judgeFileWords(register, workspace, cases);
  };
  return {
    async inFiles(workspace, files, signal) {
      const texts = await fileWordsOf(
        store,
        files.map(({ hash }) => hash),
      );
      for (const { hash, facts } of files) {
        if ((facts?.kind !== 'video' && facts?.kind !== 'image') || texts.has(hash)) continue;
        if (tools === null) {
          if (await hasAnybody(store)) throw unread();
          continue;
        }
        const read = await tools.withFile(hash, (path) => tools.read(path, facts, signal), signal);
        await rememberFileWords(store, hash, read);
        texts.set(hash, read);
      }
      return judge(workspace, files, texts);
    },
    async readBefore(workspace, files, { spoken }) {
      const texts = await fileWordsOf(
        store,
        files.map(({ hash }) => hash),
      );
      return judge(workspace, files, texts, spoken);
    },
  };
}

/** Finds who is named in a file once an epoch. */
function rememberNamed({ index }: Register): (hash: string, texts: readonly FileText[]) => Promise<Named[]> {
  const known = new Map<string, { epoch: number; named: Named[] }>();
  return async (hash, texts) => {
    if (texts.length === 0) return [];
    const { epoch, finder } = await index.fresh();
    const before = known.get(hash);
    if (before?.epoch === epoch) return before.named;
    const named = await findNamed(finder, texts);
    known.delete(hash);
    known.set(hash, { epoch, named });
    const [oldest] = known.keys();
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
    return named;
  };
}

async function hasAnybody(store: Store): Promise<boolean> {
  const [row] = await store.query<{ anybody: boolean }>(
    `select exists (select from opt_outs where ended_at is null) or exists (select from people where kind = 'public figure') as anybody`,
  );
  return row?.anybody ?? true;
}

function unread(): Failure {
  return new Failure(
    'permanent',
    'PQL553',
    'what is written inside of the file has to be read, and nothing here can',
    {
      hint: 'run it on a machine where pql doctor says that ffmpeg works',
    },
  );
}
