import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Remote } from '../../engine/artifacts/remote.ts';
import { openSharedArtifacts, type SharedArtifacts } from '../../engine/artifacts/shared.ts';

/** A machine with a home of its own that uses a remote; its home goes with it. */
export async function machine(
  remote: () => Promise<Remote>,
  limit = 1e9,
): Promise<SharedArtifacts & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-machine-'));
  const store = await openSharedArtifacts({ remote, folder, limit, pause: 5 });
  return {
    ...store,
    folder,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
