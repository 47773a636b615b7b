import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { plainPalette } from '../../../bots/palette.ts';
import type { Setting } from '../../../bots/repl/program.ts';
import { watchTop } from '../../../bots/repl/watch-top.ts';
import { lockFolder } from '../../../engine/home/lock.ts';
import type { Overview } from '../../../engine/overview/overview.ts';
import { emptyFolder, jsonLines, runPql } from './spawn-pql.ts';

const soon = { timeout: 30_000 };
const empty: Overview = { lanes: [], workers: [], runs: [], more: false, failures: [] };

/** A terminal whose keys the test presses, and all that was written to it. */
function watching(look: () => Promise<Overview | null>) {
  let written = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => modes.push(raw) });
  const stdout = Object.assign(new PassThrough(), { columns: 60, rows: 12 });
  const handlers = new Map<string, () => void>();
  const process = {
    stdout,
    on: (name: string, hear: () => void) => handlers.set(name, hear),
    off: (name: string) => handlers.delete(name),
  };
  const terminal = { input, out, inIsTerminal: true, outPalette: plainPalette, now: () => new Date(0) };
  const ended = watchTop({ terminal, process } as unknown as Setting, look, 'films@db');
  return { ended, input, stdout, handlers, modes, written: () => written };
}

test.each([
  'q',
  'Q',
  '\u{3}',
  '\u{4}',
])('is left by the key %j, and the terminal is as it was', async (key) => {
  const { ended, input, modes, handlers, written } = watching(async () => empty);
  input.write(key);
  await ended;
  expect(written().startsWith('\u{1b}[?1049h\u{1b}[?25l')).toBe(true);
  expect(written().endsWith('\u{1b}[?25h\u{1b}[?1049l')).toBe(true);
  expect(modes).toEqual([true, false]);
  expect([...handlers.keys()]).toEqual([]);
});

test('is left while the database does not answer, and by a signal', async () => {
  const { ended, handlers, written } = watching(() => new Promise(() => {}));
  handlers.get('SIGTERM')?.();
  await ended;
  expect(written()).toContain('asking the database');
});

test('says that the database does not answer, and draws anew when the size changes, each frame in one piece', async () => {
  const { ended, input, stdout, written } = watching(async () => null);
  await expect.poll(written, soon).toContain('the database does not answer');
  const frames = () => written().split('\u{1b}[?2026h').length;
  const before = frames();
  stdout.columns = 20;
  stdout.emit('resize');
  expect(frames()).toBe(before + 1);
  expect(written().split('\u{1b}[?2026h').at(-1)).toContain('the data…');
  input.write('q');
  await ended;
});

test('gives the terminal back when the program crashes', () => {
  const screen = new URL('../../../bots/repl/screen.ts', import.meta.url);
  const program = `import { openScreen } from '${screen}';
    openScreen(process, process.stdout).draw(['a line']);
    setTimeout(() => { throw new Error('our bug'); }, 1);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect([status, stderr.includes('our bug')]).toEqual([1, true]);
  expect(stdout).toContain('a line');
  expect(stdout.endsWith('\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l')).toBe(true);
});

test('prints a home once, as words or as one object, and says who holds one that is held', async () => {
  const folder = await emptyFolder();
  const [told, objects] = [await runPql(['top'], folder), await runPql(['top', '--json'], folder)];
  expect([told.status, told.err]).toEqual([0, '']);
  expect(told.out).toContain('nothing runs, and nothing waits');
  expect(told.out).not.toContain('\u{1b}');
  expect(jsonLines(objects.out)).toMatchObject([{ type: 'top', runs: [], failures: [] }]);
  const lock = await lockFolder(join(folder, 'home'), hostname());
  const refused = await runPql(['top'], folder);
  await lock[Symbol.asyncDispose]();
  expect(refused.status).toBe(1);
  expect(refused.err).toContain(`is in use by process ${process.pid}`);
  expect(refused.err).toContain('pql top watches the database of a server');
});
