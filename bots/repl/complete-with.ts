import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import { catalogue } from '../../dsl/catalogue.ts';
import { createComplete } from '../../dsl/complete.ts';
import type { World } from '../../dsl/world.ts';
import type { Candidate, Complete } from './line-editor.ts';

/** Completes statements from the grammar and the catalogue, names from the workspace, and files from `folder`. */
export function completeWith(world: () => Promise<World>, folder: string): Complete {
  const complete = createComplete(catalogue);
  return async (before) => {
    const { from, items, wants } = complete(before, before.length, await world());
    const typed = before.slice(from);
    if (items.length > 0 || wants === null)
      return { replace: typed.length, candidates: items.map(({ text, help }) => ({ text, help })) };
    return files(before, wants, folder);
  };
}

/** Files and folders that go on what stands before the cursor, behind a quote or as a bare path. */
async function files(
  before: string,
  wants: 'file' | 'destination',
  folder: string,
): Promise<{ replace: number; candidates: Candidate[] }> {
  const typed = /(?:["']([^"'\n]*)|([\w./~-]*))$/.exec(before);
  const path = typed?.[1] ?? typed?.[2] ?? '';
  const stem = basename(path) === path || !path.endsWith('/') ? basename(path) : '';
  const within = path.endsWith('/') ? path : path.slice(0, path.length - stem.length);
  const entries = await readdir(resolve(folder, within === '' ? '.' : dirname(`${within}x`)), {
    withFileTypes: true,
  }).catch(() => []);
  const candidates = entries
    .filter(({ name }) => name.startsWith(stem) && (stem.startsWith('.') || !name.startsWith('.')))
    .filter((entry) => entry.isDirectory() || wants === 'file')
    .map((entry) => ({
      text: entry.isDirectory() ? `${entry.name}/` : entry.name,
      help: entry.isDirectory() ? 'folder' : '',
    }));
  return { replace: stem.length, candidates };
}
