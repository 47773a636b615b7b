import type { Config } from './config.ts';
import { loadPglite, type PgliteProgram } from './store/pglite-program.ts';

/** Begins to load the embedded database's program when it will be needed; `openParts` waits for it. */
export function loadDatabase(config: Config): Promise<PgliteProgram> | undefined {
  if (config.databaseUrl !== null) return undefined;
  const program = loadPglite();
  // Told to whoever waits for it, should nobody come to that.
  program.catch(() => {});
  return program;
}
