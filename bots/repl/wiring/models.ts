import type { Config } from '../../../engine/config.ts';
import { npmRegistry } from '../../../workers/models/registry.ts';
import { createModelStore, type ModelStore } from '../../../workers/models/store.ts';

/** The environment of this process, for npm's credentials and the programs on the path. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The networks of this home; those that are missing come from where this machine's packages come from. */
export function openModels(config: Config, environment: Environment): ModelStore {
  return createModelStore({
    home: config.home,
    registry: (signal) => npmRegistry(config.folder, environment, signal),
  });
}
