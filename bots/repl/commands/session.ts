import type { Flags, Setting } from '../program.ts';
import { readSource } from '../read-source.ts';
import { runSource } from '../run-source.ts';

/** `pql` without a subcommand: runs what `-c` says; in a pipe, what it reads; else talks with a person. */
export async function session(flags: Flags, setting: Setting): Promise<number> {
  if (flags.command !== undefined) return runSource(flags.command, flags, setting);
  if (!setting.terminal.inIsTerminal || flags.json)
    return runSource(await readSource('-', setting.terminal.input), flags, setting);
  const { talk } = await import('../talk.ts');
  return talk(flags, setting);
}
