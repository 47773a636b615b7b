import type { Config } from '../../../engine/config.ts';
import { Failure } from '../../../engine/failure.ts';
import type { Prober } from '../../../engine/prober.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';

/** Finds ffmpeg and ffprobe when they are first needed. `path` is the environment's PATH. */
export function mediaTools(config: Config, path: string | undefined): () => Promise<MediaTools> {
  let found: Promise<MediaTools> | null = null;
  return () => {
    found ??= find(config, path);
    return found;
  };
}

/** A prober that is loaded when a file is first looked at. */
export function lazyProber(media: () => Promise<MediaTools>): Prober {
  let prober: Promise<Prober> | null = null;
  const open = () => {
    prober ??= Promise.all([import('../../../workers/ffmpeg/prober.ts'), media()]).then(
      ([{ createProber }, tools]) => createProber(tools),
    );
    return prober;
  };
  return {
    probe: async (path, signal) => (await open()).probe(path, signal),
    recipe: async (path, signal) => (await open()).recipe(path, signal),
  };
}

async function find(config: Config, path: string | undefined): Promise<MediaTools> {
  const { findTools, toolsOf } = await import('../../../workers/ffmpeg/find.ts');
  const found = await findTools({
    ffmpegPath: config.ffmpegPath ?? undefined,
    ffprobePath: config.ffprobePath ?? undefined,
    path,
  });
  for (const [name, tool] of Object.entries(found)) {
    if (tool.why !== 'missing') continue;
    throw new Failure('permanent', 'PQL690', `${name} is neither installed nor among the packages`, {
      hint: `install ffmpeg 5 or newer, or set ${name.toUpperCase()}_PATH; pql doctor says more`,
    });
  }
  return toolsOf(found);
}
