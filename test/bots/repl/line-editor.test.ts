import { PassThrough, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';

import { plainPalette } from '../../../bots/palette.ts';
import { isOpen, joined } from '../../../bots/repl/is-open.ts';
import { openLineEditor } from '../../../bots/repl/line-editor.ts';
import type { Terminal } from '../../../bots/repl/terminal.ts';

/** An editor on a keyboard that the test types on. */
function begin() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const editor = openLineEditor(
    {
      input,
      out: nowhere(),
      err: nowhere(),
      outIsTerminal: true,
      errIsTerminal: true,
      inIsTerminal: true,
      live: true,
      width: () => 80,
      size: () => ({ columns: 80, rows: 24 }),
      outPalette: plainPalette,
      errPalette: plainPalette,
      now: () => new Date(0),
    } as Partial<Terminal> as Terminal,
    {
      history: { entries: () => [], add: async () => {} },
      complete: async () => ({ replace: 0, candidates: [] }),
      isOpen,
      joined,
    },
  );
  onTestFinished(() => editor.close());
  return { editor, type: (text: string) => void input.write(text) };
}

/** Lets what was typed arrive. */
const arrive = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('a pasted script that ends with a line break runs as one', async () => {
  const { editor, type } = begin();
  const read = editor.read();
  type('\u{1b}[200~GENERATE "fog" AS fog;\nGRADE fog\n  CONTRAST 10%;\n\u{1b}[201~');
  expect(await read).toBe('GENERATE "fog" AS fog;\nGRADE fog\n  CONTRAST 10%;');
});

test('what was typed before a question was asked is no answer to it', async () => {
  const { editor, type } = begin();
  editor.hold(() => {});
  type('y\r');
  await arrive();
  const answer = editor.ask('Remove v1? ');
  type('n\r');
  expect(await answer).toBe(false);
});
