import type { Flags, Setting } from '../program.ts';
import { ArgumentError, readSource } from '../read-source.ts';
import { type Draw, runSource } from '../run-source.ts';

/** `pql explain file|-` and `pql explain -c "…"`: as text, as JSON, or drawn. */
export async function explain(file: string | undefined, flags: Flags, setting: Setting): Promise<number> {
  if ((file === undefined) === (flags.command === undefined))
    throw new ArgumentError('explain wants either a file or -c "…"');
  if ([flags.json, flags.mermaid, flags.dot].filter((flag) => flag === true).length > 1)
    throw new ArgumentError('explain wants one of --json, --mermaid and --dot');
  const draw = await drawing(flags);
  const source = flags.command ?? (await readSource(file!, setting.terminal.input));
  return runSource(source, flags, setting, { explainOnly: true, ...(draw && { draw }) });
}

async function drawing(flags: Flags): Promise<Draw | null> {
  if (flags.mermaid) return (await import('../../../dsl/explain/mermaid.ts')).mermaid;
  if (flags.dot) return (await import('../../../dsl/explain/dot.ts')).dot;
  return null;
}
