import type { Sharing } from '../../engine/artifacts/open-place.ts';

/** Results in a folder that several homes share, of which each keeps little near, so that it is fetched again and again. */
export function sharing(folder: string | null): Sharing | null {
  return folder === null ? null : { place: { type: 'folder', folder }, cacheBytes: 2e6 };
}
