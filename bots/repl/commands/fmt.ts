import { realpath, rename, stat, writeFile } from 'node:fs/promises';

import { catalogue } from '../../../dsl/catalogue.ts';
import { format } from '../../../dsl/format.ts';
import { parse } from '../../../dsl/parse.ts';
import { renderDiagnostics } from '../../../dsl/render-diagnostic.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import { exitStatus } from '../../outcome.ts';
import type { Setting } from '../program.ts';
import { ArgumentError, readSource } from '../read-source.ts';

/** `pql fmt file|-`: the canonical form, printed, written back, or only compared (then 1 says that it differs). */
export async function fmt(
  file: string,
  flags: { write?: boolean; check?: boolean },
  { terminal }: Setting,
): Promise<number> {
  if (flags.write && flags.check) throw new ArgumentError('fmt either writes or checks');
  if (flags.write && file === '-') throw new ArgumentError('standard input cannot be written back');
  const source = await readSource(file, terminal.input);
  const vocabulary = vocabularyOf(catalogue);
  const parsed = parse(source, vocabulary);
  if (parsed.diagnostics.length > 0) {
    terminal.err.write(renderDiagnostics(source, parsed.diagnostics, terminal.errPalette));
    return exitStatus.wrong;
  }
  const text = format(source, vocabulary);
  if (flags.check) {
    if (text === source) return exitStatus.done;
    terminal.out.write(`${file} is not canonical; pql fmt --write ${file} mends it\n`);
    return exitStatus.failed;
  }
  if (!flags.write) terminal.out.write(text);
  else if (text !== source) await replace(file, text);
  return exitStatus.done;
}

/** Beside the file first and then in its place, so that a crash leaves the old text or the new one. A link stays a link. */
async function replace(file: string, text: string): Promise<void> {
  const real = await realpath(file);
  const { mode } = await stat(real);
  const draft = `${real}.${crypto.randomUUID()}.tmp`;
  await writeFile(draft, text, { mode, flag: 'wx' });
  await rename(draft, real);
}
