import { readFile } from 'node:fs/promises';

import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import type { FileWordsTools } from '../../engine/consent/file-words/gate.ts';
import type { FileText } from '../../engine/consent/file-words/port.ts';

/** Reads what is written inside of a file from lines of its bytes: `WORDS about the title: Jane Roe in Rome`. */
export interface FakeFileWords {
  toolsOver(artifacts: ArtifactStore): FileWordsTools;
  /** How many files it read. */
  reads: number;
}

export function fakeFileWords(): FakeFileWords {
  const words: FakeFileWords = {
    reads: 0,
    toolsOver: (artifacts) => ({
      withFile: async (hash, work) => work(await artifacts.path(hash)),
      async read(path) {
        words.reads++;
        const bytes = await readFile(path, 'utf8');
        return [...bytes.matchAll(/^WORDS (about|spoken|carried) ([^:\n]+): (.*)$/gm)].map(
          ([, kind, place, text]): FileText => ({
            ...{ kind: kind as FileText['kind'], place: place!, text: text! },
          }),
        );
      },
    }),
  };
  return words;
}
