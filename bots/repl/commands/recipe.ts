import type { Flags, Setting } from '../program.ts';
import { runSource } from '../run-source.ts';

/** `pql recipe file`: short for `RECIPE OF "file"`. */
export async function recipe(file: string, flags: Flags, setting: Setting): Promise<number> {
  const quoted = file.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return runSource(`RECIPE OF "${quoted}"`, flags, setting);
}
