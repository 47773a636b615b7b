import { join } from 'node:path';
import type { Queries } from '../store/port.ts';
import type { ArtifactPlace } from './place.ts';
import type { Remote } from './remote.ts';
import { openSharedArtifacts, type SharedArtifacts } from './shared.ts';

/** Artifacts that several machines share, and how much of them is kept near. */
export interface Sharing {
  place: ArtifactPlace;
  /** Bytes. */
  cacheBytes: number;
}

export interface Database {
  store: Queries;
  /** Keeps its artifacts apart from those of other databases: what one of them removes, another may still have. */
  identity: string;
}

/** Opens the artifacts of a database in a place that machines share. The place itself, and the program that reaches it, wait for their first
 * use. */
export function openPlace(
  { place, cacheBytes }: Sharing,
  { folder, ...database }: Database & { folder: string },
): Promise<SharedArtifacts> {
  return openSharedArtifacts({ folder, limit: cacheBytes, remote: () => openRemote(place, database) });
}

/** The place of a database's artifacts, without anything near. */
export async function openRemote(place: ArtifactPlace, { store, identity }: Database): Promise<Remote> {
  if (place.type === 'folder') {
    const { openSharedFolder } = await import('./shared-folder.ts');
    return openSharedFolder(join(place.folder, identity), async () => !(await hasResults(store)));
  }
  const { openS3 } = await import('./s3.ts');
  return openS3({ ...place, prefix: place.prefix === '' ? identity : `${place.prefix}/${identity}` });
}

async function hasResults(queries: Queries): Promise<boolean> {
  const rows = await queries.query('select from artifacts limit 1');
  return rows.length > 0;
}
