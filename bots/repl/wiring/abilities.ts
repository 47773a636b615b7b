import type { Abilities } from '../../../engine/look-up/world.ts';
import { defaultModels, modelEntries } from '../../../workers/models/manifest.ts';

/** What this installation can do. Light, since `pql check` needs it too. */
export function abilities(): Abilities {
  return {
    models: modelEntries(),
    defaultModels,
    generators: ['storyboard'],
  };
}
