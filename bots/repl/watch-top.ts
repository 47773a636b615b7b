import { setTimeout as sleep } from 'node:timers/promises';

import type { Overview } from '../../engine/overview/overview.ts';
import { drawTop, type TopHead } from '../top/draw-top.ts';
import type { Setting } from './program.ts';
import { openScreen } from './screen.ts';

/** Draws a picture of everything on the whole terminal, anew every second, until q, Ctrl-C or a signal. `look` gives null when it could
 * not be had in time: then the former one stays, with words. */
export async function watchTop(
  { terminal, process }: Setting,
  look: () => Promise<Overview | null>,
  place: string,
): Promise<void> {
  const stop = new AbortController();
  const end = () => stop.abort();
  const keys = keysOf(terminal, end);
  const screen = openScreen(process, terminal.out as NodeJS.WriteStream);
  let overview = nothing;
  let trouble: string | null = 'asking the database';

  const draw = () => {
    const { columns = 80, rows = 24 } = process.stdout;
    // The last column stays empty: some terminals wrap as soon as it is written.
    const size = { width: Math.max(1, columns - 1), height: Math.max(1, rows) };
    const head: TopHead = { place, now: terminal.now(), trouble, keys: 'q ends' };
    screen.draw(drawTop(overview, head, size, terminal.outPalette));
  };
  for (const name of signals) process.on(name, end);
  process.stdout.on('resize', draw);
  try {
    draw();
    while (!stop.signal.aborted) {
      const began = performance.now();
      const found = await Promise.race([look(), aborted(stop.signal)]);
      if (stop.signal.aborted) break;
      trouble = found === null ? 'the database does not answer; trying again' : null;
      if (found !== null && found !== undefined) overview = found;
      draw();
      // A database that needs long for it is asked less often.
      const took = performance.now() - began;
      await sleep(Math.max(1000 - took, 4 * took), undefined, { signal: stop.signal }).catch(() => {});
    }
  } finally {
    for (const name of signals) process.off(name, end);
    process.stdout.off('resize', draw);
    keys[Symbol.dispose]();
    screen[Symbol.dispose]();
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const nothing: Overview = { lanes: [], workers: [], runs: [], more: true, failures: [] };

/** Settles when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const enders: ReadonlySet<number> = new Set([0x71, 0x51, 0x03, 0x04]);

/** Calls `end` for q and for what ends programs: Ctrl-C, Ctrl-D, and a keyboard that is gone. */
function keysOf({ input, inIsTerminal }: Setting['terminal'], end: () => void): Disposable {
  if (!inIsTerminal) return { [Symbol.dispose]: () => {} };
  const hear = (keys: Buffer) => {
    if (keys.some((key) => enders.has(key))) end();
  };
  input.setRawMode?.(true);
  input.on('data', hear);
  input.on('end', end);
  return {
    [Symbol.dispose]() {
      input.off('data', hear);
      input.off('end', end);
      input.setRawMode?.(false);
      input.pause();
    },
  };
}
