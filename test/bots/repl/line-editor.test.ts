import { PassThrough, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';

import { plainPalette } from '../../../bots/palette.ts';
import { isOpen, joined } from '../../../bots/repl/is-open.ts';
import { openLineEditor } from '../../../bots/repl/line-editor.ts';
import type { Terminal } from '../../../bots/repl/terminal.ts';

const verbs = ['GENERATE', 'GRADE', 'TRIM'].map((text) => ({ text, help: `about ${text}` }));

/** An editor on a keyboard that the test types on, and what it shows. */
function begin(entries: readonly string[] = []) {
  let shown = '';
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const screen = () =>
    new Writable({
      write: (chunk, _encoding, done) => {
        shown += String(chunk);
        done();
      },
    });
  const editor = openLineEditor(
    {
      input,
      out: screen(),
      err: screen(),
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
      history: { entries: () => [...entries], add: async () => {} },
      complete: async (before) => ({
        replace: before.length,
        candidates: verbs.filter(({ text }) => text.startsWith(before)),
      }),
      isOpen,
      joined,
    },
  );
  onTestFinished(() => editor.close());
  return { editor, type: (text: string) => void input.write(text), shown: () => shown };
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

test('a statement that is not whole goes on, and a ; ends it', async () => {
  const { editor, type, shown } = begin();
  const read = editor.read();
  type('GENERATE "fog" |\r');
  await expect.poll(shown).toContain('go on; a ; or an empty line ends the statement, Ctrl-C drops it');
  type('GRADE CONTRAST 10%;\r');
  expect(await read).toBe('GENERATE "fog" |\nGRADE CONTRAST 10%;');
});

test('Tab completes what has one end, and lists what has several with what they mean', async () => {
  const { editor, type, shown } = begin();
  const read = editor.read();
  type('G\t');
  await expect.poll(shown).toContain('GENERATE  about GENERATE');
  expect(shown()).toContain('GRADE     about GRADE');
  expect(shown()).not.toContain('about TRIM');
  type('EN\t');
  await expect.poll(shown).toContain('GENERATE ');
  await arrive();
  type('"fog";\r');
  expect(await read).toBe('GENERATE "fog";');
});

test('the arrow up brings back a whole statement, the last one first', async () => {
  const { editor, type } = begin(['PROBE v1;', 'TRIM v1\n  UNTIL 2s;']);
  const read = editor.read();
  type('\u{1b}[A');
  await arrive();
  type('\r');
  expect(await read).toBe('TRIM v1 UNTIL 2s;');
});

test('Ctrl-C drops what is typed, and twice on an empty line leaves', async () => {
  const { editor, type, shown } = begin();
  const read = editor.read();
  type('GENERATE "fo');
  await arrive();
  type('\u0003');
  await expect.poll(shown).toContain('^C');
  type('\u0003');
  await expect.poll(shown).toContain('Ctrl-C again or Ctrl-D leaves');
  type('\u0003');
  expect(await read).toBeNull();
});
