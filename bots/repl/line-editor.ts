import { createInterface, type Key } from 'node:readline';

import { completionList } from './completion-list.ts';
import type { History } from './history.ts';
import { openKeyGate } from './key-gate.ts';
import { statementBuffer } from './statement-buffer.ts';
import type { Terminal } from './terminal.ts';

/** What can stand at the cursor. */
export interface Candidate {
  text: string;
  help: string;
}

/** Candidates for what stands before the cursor, which would replace its last `replace` characters. */
export type Complete = (before: string) => Promise<{ replace: number; candidates: Candidate[] }>;

export interface LineEditor {
  /** The next script to run; null when the person leaves. `prefill` stands in the line already. */
  read(prefill?: string): Promise<string | null>;
  ask(question: string): Promise<boolean>;
  /** A run is on: keys are kept, Ctrl-C calls `interrupt`. */
  hold(interrupt: () => void): void;
  release(): void;
  /** Reads no more: the next `read` gives null. */
  end(): void;
  close(): void;
}

export interface LineEditorOptions {
  history: History;
  complete: Complete;
  isOpen: (source: string) => boolean;
  /** Statements as they stand in the history: on one line. */
  joined: (source: string) => string;
}

const firstPrompt = 'pql> ';
const nextPrompt = '...> ';

/** Reads statements from a person: several lines, history by statement, completion with descriptions, pasted scripts. */
export function openLineEditor(terminal: Terminal, options: LineEditorOptions): LineEditor {
  const gate = openKeyGate(terminal);
  const rich = terminal.live && terminal.outIsTerminal && terminal.inIsTerminal;
  const buffer = statementBuffer(options.isOpen);
  const lines: { text: string; pasting: boolean }[] = [];
  let pasting = false;
  let ended = false;
  let presses = 0;
  let wake: () => void = () => {};

  const rl = createInterface({
    input: gate.keys,
    output: terminal.out,
    terminal: rich,
    historySize: 1000,
    prompt: firstPrompt,
    tabSize: 2,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      if (pasting) return done(null, [[`${line} `], line]);
      completeLine(line).then(
        (result) => done(null, result),
        () => done(null, [[], line]),
      );
    },
  });
  // readline keeps a history of lines; ours is one of statements and is put in its place.
  const recall = rl as unknown as { history: string[]; historyIndex: number };
  const refill = () => {
    recall.history = options.history.entries().map(options.joined).reverse();
    recall.historyIndex = -1;
  };

  const completeLine = async (line: string): Promise<[string[], string]> => {
    const { replace, candidates } = await options.complete(buffer.before() + line);
    const typed = line.slice(line.length - replace);
    if (candidates.length <= 1)
      return [candidates.map(({ text }) => (/[/"]$/.test(text) ? text : `${text} `)), typed];
    const common = commonStart(candidates.map((candidate) => candidate.text));
    if (common.length > typed.length) return [[common], typed];
    const list = completionList(
      candidates,
      terminal.size().columns,
      terminal.size().rows,
      terminal.outPalette,
    );
    terminal.out.write(`\r\n${list.join('\r\n')}\r\n`);
    rl.prompt(true);
    return [[], typed];
  };

  rl.on('line', (text) => {
    presses = 0;
    lines.push({ text, pasting });
    wake();
  });
  rl.on('close', () => {
    ended = true;
    wake();
  });
  rl.on('SIGINT', () => {
    const typed = rl.line !== '' || buffer.before() !== '';
    buffer.clear();
    lines.length = 0;
    rl.write(null, { ctrl: true, name: 'e' });
    rl.write(null, { ctrl: true, name: 'u' });
    presses = typed ? 0 : presses + 1;
    if (presses >= 2) return rl.close();
    terminal.out.write(typed ? '^C\n' : '\nCtrl-C again or Ctrl-D leaves\n');
    rl.setPrompt(firstPrompt);
    rl.prompt();
  });
  if (rich) {
    gate.keys.on('keypress', (_text: string | undefined, key: Key) => {
      if ((key.name as string) === 'paste-start') pasting = true;
      if ((key.name as string) !== 'paste-end') return;
      pasting = false;
      // The paste ended with a line break: that was its Enter.
      const entered = buffer.before() + lines.map(({ text }) => `${text}\n`).join('');
      if (rl.line === '' && entered !== '' && !options.isOpen(entered)) {
        lines.push({ text: '', pasting: false });
        wake();
      }
    });
    terminal.out.write(bracketedPaste.on);
  }

  const nextLine = async () => {
    while (lines.length === 0 && !ended)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return lines.shift() ?? null;
  };

  return {
    async read(prefill) {
      refill();
      rl.setPrompt(firstPrompt);
      if (lines.length === 0 && !ended) rl.prompt();
      if (prefill && rich) rl.write(prefill);
      for (;;) {
        const line = await nextLine();
        if (line === null) return null;
        const entered = buffer.enter(line.text, line.pasting);
        if (entered.type === 'whole') {
          await options.history.add(entered.source);
          return entered.source;
        }
        if (entered.type === 'more' && entered.hint)
          terminal.err.write(`${terminal.errPalette.dim(entered.hint)}\n`);
        rl.setPrompt(entered.type === 'more' ? nextPrompt : firstPrompt);
        if (lines.length === 0 && !ended) rl.prompt();
      }
    },
    ask: async (question) => {
      // What was typed before the question was seen is no answer to it.
      gate.drop();
      lines.length = 0;
      gate.release();
      rl.setPrompt(question);
      rl.prompt();
      const line = await nextLine();
      rl.setPrompt(firstPrompt);
      return /^\s*y(es)?\s*$/i.test(line?.text ?? '');
    },
    end: () => rl.close(),
    hold: gate.hold,
    release: gate.release,
    close() {
      if (rich) terminal.out.write(bracketedPaste.off);
      rl.close();
      gate.close();
    },
  };
}

const bracketedPaste = { on: '\u{1b}[?2004h', off: '\u{1b}[?2004l' };

/** The longest text that all begin with, case aside. */
function commonStart(texts: readonly string[]): string {
  let common = texts[0] ?? '';
  for (const text of texts)
    while (!text.toLowerCase().startsWith(common.toLowerCase())) common = common.slice(0, -1);
  return common;
}
