import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../../engine/artifacts/port.ts';

/** Reads bytes of the store as a file, which stays until the work is done. */
export function asFile({ artifacts, scratch }: { artifacts: ArtifactStore; scratch: string }) {
  return async <T>(hash: string, work: (path: string) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const folder = join(scratch, `looking-${crypto.randomUUID()}`);
    await mkdir(folder, { recursive: true });
    try {
      return await work(await artifacts.path(hash, { scratch: folder, ...(signal ? { signal } : {}) }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
