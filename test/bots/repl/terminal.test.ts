import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { processTerminal } from '../../../bots/repl/terminal.ts';

/** A process whose output goes to terminals of a width, or to pipes. */
function fakeProcess(columns: number | null) {
  const stream = () =>
    Object.assign(new PassThrough(), columns === null ? {} : { isTTY: true, columns, rows: 30 });
  return { stdin: stream(), stdout: stream(), stderr: stream() } as unknown as NodeJS.Process;
}

test('a terminal has colours, a moving cursor and its own width', () => {
  const terminal = processTerminal(fakeProcess(100), true, 'xterm');
  expect(terminal.outPalette.bad('no')).toBe('\u{1b}[31mno\u{1b}[39m');
  expect([terminal.live, terminal.width(), terminal.size().rows]).toEqual([true, 100, 30]);
});

test('NO_COLOR takes the colours and leaves the display', () => {
  const terminal = processTerminal(fakeProcess(100), false, 'xterm');
  expect([terminal.outPalette.bad('no'), terminal.errPalette.dim('no')]).toEqual(['no', 'no']);
  expect(terminal.live).toBe(true);
});

test('a dumb terminal gets plain lines', () => {
  const terminal = processTerminal(fakeProcess(80), false, 'dumb');
  expect([terminal.live, terminal.width()]).toEqual([false, 80]);
});

test('in a pipe nothing is coloured and nothing is cut', () => {
  const terminal = processTerminal(fakeProcess(null), true, 'xterm');
  expect(terminal.outPalette.strong('all of it')).toBe('all of it');
  expect([terminal.live, terminal.width()]).toEqual([false, Number.POSITIVE_INFINITY]);
});

test('a terminal that says it has no columns is taken for one of 80', () => {
  expect(processTerminal(fakeProcess(0), true, 'xterm').width()).toBe(80);
});

test('a reader that went away is no loss, a full disk is', () => {
  const process = fakeProcess(null);
  const terminal = processTerminal(process, true, 'xterm');
  process.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
  expect(terminal.lost()).toBeNull();
  process.stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
  expect(terminal.lost()).toMatchObject({ code: 'ENOSPC' });
});
