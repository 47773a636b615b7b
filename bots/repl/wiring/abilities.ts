import type { Abilities } from '../../../engine/look-up/world.ts';
import { modelEntries } from '../../../workers/models/manifest.ts';

/** What this installation can do. Light, since `pql check` needs it too. */
export function abilities(): Abilities {
  return {
    models: modelEntries(),
    defaultModels: { upscale: 'realesr-animevideov3', interpolate: 'rife-4.6' },
    generators: ['storyboard'],
  };
}
