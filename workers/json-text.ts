import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type JsonObject } from '../dsl/json.ts';
import type { Desk, Produced } from './handler.ts';

/** Writes what was found out as a JSON text: equal findings are equal bytes, and so one artifact. `name` is the file's, without ending. */
export async function writeJsonText(
  desk: Desk,
  name: string,
  found: JsonObject,
): Promise<Pick<Produced, 'file' | 'kind' | 'facts'>> {
  const file = join(desk.scratch, `${name}.json`);
  const text = `${canonicalJson(found)}\n`;
  await writeFile(file, text, { flag: 'wx' });
  return {
    file,
    kind: 'text',
    facts: { kind: 'text', container: 'application/json', bytes: Buffer.byteLength(text) },
  };
}
