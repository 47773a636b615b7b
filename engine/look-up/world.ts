import type { Script } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import { references } from '../../dsl/references.ts';
import type { Known, ModelEntry, SettingEntry, Unusable, World } from '../../dsl/world.ts';
import type { Asker } from '../asker.ts';
import { lookAtDestination } from '../destination/look.ts';
import type { Egress } from '../egress/door.ts';
import type { Queries } from '../store/port.ts';
import type { FileLooker, LocalFile } from './files.ts';
import { lookUpMedia, namesIn } from './media.ts';
import { lookUpQueries } from './queries.ts';

/** What this installation can do, whoever asks. */
export interface Abilities {
  models: readonly ModelEntry[];
  defaultModels: Readonly<Record<string, string>>;
  generators: readonly string[];
}

export interface Surroundings {
  store: Queries;
  files: FileLooker;
  egress: Egress;
  catalogue: Catalogue;
  abilities: Abilities;
  settings: (workspace: string) => Promise<ReadonlyMap<string, SettingEntry>>;
  /** Where relative paths in operands start. */
  folder: string;
}

/** Looks up what a script refers to, and nothing else. `taken` is told of every local file that was looked at. */
export async function collectWorld(
  script: Script,
  asker: Asker,
  around: Surroundings,
  taken: (file: LocalFile) => void,
  signal?: AbortSignal,
): Promise<World> {
  const { store, catalogue, abilities } = around;
  const refers = references(script, catalogue);
  const media = await lookUpMedia(store, asker.workspace, refers.names);
  const unknown = refers.names.some((name) => media.get(name) === null);
  return {
    media,
    files: await lookAtFiles(refers.files, asker, around, taken, signal),
    destinations: new Map(
      await inTurn(
        refers.destinations,
        async (path) => [path, await destination(asker.exportRoot, path)] as const,
      ),
    ),
    urls: new Map(await inTurn(refers.urls, async (url) => [url, await link(url, around.egress)] as const)),
    queries: await lookUpQueries(store, asker.workspace, refers.queries),
    ...abilities,
    settings: await around.settings(asker.workspace),
    // Only did-you-mean needs them.
    names: unknown ? await namesIn(store, asker.workspace) : [],
  };
}

async function lookAtFiles(
  paths: readonly string[],
  asker: Asker,
  { files, folder, store }: Surroundings,
  taken: (file: LocalFile) => void,
  signal?: AbortSignal,
): Promise<Map<string, Known | Unusable>> {
  const found = new Map<string, Known | Unusable>();
  for (const path of paths) {
    const file = await files.look(path, asker.importRoot, folder, signal);
    if ('problem' in file) {
      found.set(path, file);
      continue;
    }
    taken(file);
    const [row] = await store.query<{ id: string }>(
      'select letter || number as id from media where workspace = $1 and hash = $2',
      [asker.workspace, file.hash],
    );
    const { hash, facts, recipe } = file;
    found.set(path, { hash, facts, recipe, kind: facts.kind, id: row?.id ?? null });
  }
  return found;
}

async function destination(root: string, path: string): Promise<Unusable | { exists: true } | null> {
  const found = await lookAtDestination(root, path);
  if (found.state === 'unusable') return found.unusable;
  return found.state === 'file' ? { exists: true } : null;
}

async function link(url: string, egress: Egress): Promise<Unusable | null> {
  const refused = await egress.check(url);
  return refused === null ? null : { problem: refused.problem, hint: refused.hint, family: 5 };
}

/** One after the other: a script may name thousands, and the disk is one. */
async function inTurn<T, R>(all: readonly T[], each: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await each(one));
  return results;
}
