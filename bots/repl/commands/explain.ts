import type { Flags, Setting } from '../program.ts';
import { ArgumentError, readSource } from '../read-source.ts';
import { runSource } from '../run-source.ts';

/** `pql explain file|-` and `pql explain -c "…"`. */
export async function explain(file: string | undefined, flags: Flags, setting: Setting): Promise<number> {
  if ((file === undefined) === (flags.command === undefined))
    throw new ArgumentError('explain wants either a file or -c "…"');
  const source = flags.command ?? (await readSource(file!, setting.terminal.input));
  return runSource(source, flags, setting, { explainOnly: true });
}
