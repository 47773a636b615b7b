import { catalogue } from '../../../dsl/catalogue.ts';
import { compile } from '../../../dsl/compile.ts';
import { parse } from '../../../dsl/parse.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import { exitStatus } from '../../outcome.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { isUnknowable, offlineWorld } from '../offline-world.ts';
import type { Flags, Setting } from '../program.ts';
import { readSource } from '../read-source.ts';
import { abilities } from '../wiring/abilities.ts';

/** `pql check file|-`: everything that is wrong with a script, without a database and without measuring a file. */
export async function check(file: string, flags: Flags, { terminal, config }: Setting): Promise<number> {
  const source = await readSource(file, terminal.input);
  const parsed = parse(source, vocabularyOf(catalogue));
  const world = await offlineWorld(parsed.script, catalogue, abilities(), config.folder);
  const diagnostics = compile({ source, ...parsed }, catalogue, world).diagnostics.filter(
    (diagnostic) => !isUnknowable(diagnostic, source),
  );
  if (flags.json) {
    for (const diagnostic of diagnostics)
      terminal.out.write(
        `${JSON.stringify({ type: 'diagnostic', ...diagnosticJson(source, diagnostic) })}\n`,
      );
    const problems = diagnostics.length;
    terminal.out.write(
      `${JSON.stringify({ type: 'done', state: problems > 0 ? 'failed' : 'done', problems })}\n`,
    );
  } else if (diagnostics.length > 0) {
    // Measuring columns loads tables that a script without problems need not wait for.
    const { renderDiagnostics } = await import('../../../dsl/render-diagnostic.ts');
    terminal.out.write(renderDiagnostics(source, diagnostics, terminal.outPalette));
  } else {
    const count = parsed.script.statements.length;
    const words = `${count} ${count === 1 ? 'statement' : 'statements'}`;
    terminal.out.write(`${file === '-' ? 'standard input' : file}: ${words}, nothing wrong\n`);
  }
  if (diagnostics.length === 0) return exitStatus.done;
  return diagnostics.every(({ code }) => code.startsWith('PQL5')) ? exitStatus.refused : exitStatus.wrong;
}
