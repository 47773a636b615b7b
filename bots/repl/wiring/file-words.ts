import type { ArtifactStore } from '../../../engine/artifacts/port.ts';
import type { Config } from '../../../engine/config.ts';
import type { FileWordsTools } from '../../../engine/consent/file-words/gate.ts';
import type { ReadFileWords } from '../../../engine/consent/file-words/port.ts';
import { asFile } from './as-file.ts';
import { mediaTools } from './media.ts';
import type { Environment } from './models.ts';

/** What is written inside of clips is read with on this machine; ffmpeg is looked for when the first clip is read. */
export function localFileWords(
  config: Config,
  local: { artifacts: ArtifactStore; scratch: string },
  environment: Environment,
): FileWordsTools {
  let opened: Promise<ReadFileWords> | null = null;
  const open = () => {
    opened ??= import('../../../workers/ffmpeg/file-words.ts').then(({ createFileWords }) =>
      createFileWords(mediaTools(config, environment.PATH)),
    );
    return opened;
  };
  return {
    read: async (path, facts, signal) => (await open())(path, facts, signal),
    withFile: asFile(local),
  };
}
