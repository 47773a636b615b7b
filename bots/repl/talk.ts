import { join } from 'node:path';
import { applyFixes } from '../../dsl/apply-fixes.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { version } from '../../dsl/version.ts';
import { type Audience, conduct } from '../conduct.ts';
import { exitStatus } from '../outcome.ts';
import { banner } from './banner.ts';
import { completeWith } from './complete-with.ts';
import { describeFault } from './fault.ts';
import { openHistory } from './history.ts';
import { interruptor } from './interrupt.ts';
import { isOpen, joined } from './is-open.ts';
import { type LineEditor, openLineEditor } from './line-editor.ts';
import { localAsker } from './local-asker.ts';
import { personAudience } from './person-audience.ts';
import type { Flags, Setting } from './program.ts';
import { worksHere } from './works-here.ts';

/** `pql` on a terminal: greets, then reads a statement, takes it all the way and shows what came of it, until the person leaves. */
export async function talk(flags: Flags, setting: Setting): Promise<number> {
  const { terminal, config, process } = setting;
  const work = worksHere(flags, config);
  if (terminal.outIsTerminal)
    terminal.out.write(`${banner(version, terminal.size().columns, terminal.outPalette)}\n\n`);
  const { openLocal } = await import('./wiring/open.ts');
  // Opens while the person types; what goes wrong is said at once.
  const opening = openLocal(config, setting.environment, {
    work,
    monitored: true,
    say: (text) => void terminal.err.write(text),
  });
  const asker = localAsker(config);
  const history = await openHistory(join(config.home, 'history'));
  const editor = openLineEditor(terminal, {
    history,
    complete: completeWith(async () => (await opening).world(asker), config.folder),
    isOpen,
    joined,
  });

  const leave = () => {
    if (terminal.live) terminal.err.write('\u{1b}[?25h');
    editor.close();
    process.exit(exitStatus.interrupted);
  };
  let say = (text: string): void => void terminal.err.write(`\n${text}\n`);
  const interrupt = interruptor((text) => say(text), leave);
  // Ctrl-C is a key here; a signal comes from a dumb terminal or another process.
  const onSignal = () => {
    if (!interrupt.press()) leave();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

  let failed: unknown = null;
  opening
    .then((engine) => engine.resume())
    .catch((error) => {
      failed = error;
      editor.end();
    });

  const runOne = async (source: string): Promise<string | null> => {
    const person = personAudience(terminal, editor.ask);
    say = person.say;
    const mending = mender(person);
    const signal = interrupt.begin();
    editor.hold(() => void interrupt.press());
    try {
      await conduct(source, { engine: await opening, asker, audience: mending.audience, signal });
    } catch (error) {
      // One statement that went wrong is no reason to end the session.
      terminal.err.write(`${await describeFault(error, config, terminal.now())}\n`);
    } finally {
      interrupt.end();
      editor.release();
    }
    return mending.mended(source);
  };

  try {
    let prefill: string | undefined;
    for (;;) {
      const source = await editor.read(prefill);
      prefill = undefined;
      if (source === null || /^\s*(?:exit|quit|\\q)\s*;?\s*$/i.test(source)) break;
      const mended = await runOne(source);
      if (mended !== null) prefill = await offer(mended, editor, terminal, runOne);
    }
    if (failed !== null) throw failed;
    return exitStatus.done;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
    editor.close();
    if (terminal.outIsTerminal) terminal.out.write('\n');
    if (failed === null) await (await opening)[Symbol.asyncDispose]();
  }
}

/** Offers the mended statement: in the line, for Enter to run it; where a line cannot be filled in, as a question. */
async function offer(
  mended: string,
  editor: LineEditor,
  terminal: Setting['terminal'],
  runOne: (source: string) => Promise<string | null>,
): Promise<string | undefined> {
  if (terminal.live && terminal.outIsTerminal) {
    terminal.err.write(`${terminal.errPalette.dim('mended below: Enter runs it, Ctrl-C drops it')}\n`);
    return joined(mended);
  }
  if (await editor.ask(`Run "${joined(mended)}" instead? [y/N] `)) await runOne(mended);
  return undefined;
}

/** Remembers the diagnostics an audience is shown, to say what the source would be with their fixes applied. */
function mender(audience: Audience): { audience: Audience; mended: (source: string) => string | null } {
  let wrong: readonly Diagnostic[] = [];
  return {
    audience: {
      ...audience,
      diagnostics(source, diagnostics) {
        wrong = diagnostics;
        audience.diagnostics(source, diagnostics);
      },
    },
    mended: (source) => applyFixes(source, wrong),
  };
}
