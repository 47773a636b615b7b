import type { Flags, Setting } from '../program.ts';
import { readSource } from '../read-source.ts';
import { runSource } from '../run-source.ts';

/** `pql run file|-`. */
export async function run(file: string, flags: Flags, setting: Setting): Promise<number> {
  return runSource(await readSource(file, setting.terminal.input), flags, setting);
}
