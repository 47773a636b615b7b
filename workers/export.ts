import { createHash } from 'node:crypto';
import type { ExportArguments } from '../dsl/arguments.ts';
import { writeDestination } from '../engine/destination/write.ts';
import { asItIs, type GiveOut } from './give-out.ts';
import type { Desk, Effected, Handler } from './handler.ts';
import { onlyInput } from './only-input.ts';

/** TO path: writes the input under the export root of whoever asked. */
export function createExport(giveOut: GiveOut = asItIs): Handler<ExportArguments> {
  return async ({ path, overwrite }, desk): Promise<Effected> => {
    const { path: source, hash, bytes: all, notes = [] } = await giveOut(onlyInput(desk), desk);
    const written = await writeDestination({
      root: desk.exportRoot,
      path,
      source,
      hash,
      overwrite,
      key: keyOf(desk),
      signal: desk.signal,
      progress: (bytes) => desk.progress({ fraction: all > 0 ? bytes / all : 1 }),
    });
    return {
      path: written.path,
      notes: [...notes, ...(written.outcome === 'same' ? [`${path} holds these bytes already`] : [])],
    };
  };
}

/** The same for each attempt of a job. */
function keyOf({ workspace, job }: Desk): string {
  return createHash('sha256')
    .update(JSON.stringify([workspace, job]))
    .digest('hex')
    .slice(0, 16);
}
