import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { Script } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { identifier } from '../../dsl/identifier.ts';
import { references } from '../../dsl/references.ts';
import type { Unusable, World } from '../../dsl/world.ts';
import type { Abilities } from '../../engine/look-up/world.ts';

/** What `pql check` knows without opening a database or measuring a file: whether files are there. What it cannot know, `isUnknowable` lets pass. */
export async function offlineWorld(
  script: Script,
  catalogue: Catalogue,
  abilities: Abilities,
  folder: string,
): Promise<World> {
  const { files } = references(script, catalogue);
  const looked = new Map<string, Unusable>();
  for (const path of files) looked.set(path, await lookAt(path, folder));
  return {
    media: new Map(),
    files: looked,
    destinations: new Map(),
    queries: new Map(),
    urls: new Map(),
    ...abilities,
    settings: new Map(),
    names: [],
  };
}

/** Whether a diagnostic says no more than that nobody looked: of a name that the workspace may hold, of a file that is there, of a setting. A name
 * that is nearly one of the script's own stays a mistake. */
export function isUnknowable(diagnostic: Diagnostic, source: string): boolean {
  const { code, message, span, fix } = diagnostic;
  if (message === unmeasured) return true;
  if (code === 'PQL309') return true;
  if (code !== 'PQL303') return false;
  const name = source.slice(span.start, span.end);
  return name === '_' || identifier(name) !== null || fix === undefined;
}

const unmeasured = 'the file is not measured here';

async function lookAt(path: string, folder: string): Promise<Unusable> {
  const missing: Unusable = {
    problem: 'there is no such file',
    hint: 'check the path; it counts from the folder you are in',
    family: 4,
  };
  if (path.includes('\0')) return missing;
  const found = await stat(resolve(folder, path)).catch(() => null);
  if (found === null) return missing;
  if (found.isDirectory())
    return { problem: 'this is a folder, not a file', hint: 'name a file in it', family: 4 };
  if (found.size === 0) return { problem: 'the file is empty', hint: 'copy or download it again', family: 4 };
  return { problem: unmeasured, family: 4 };
}
