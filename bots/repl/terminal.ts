import type { Readable, Writable } from 'node:stream';

import { colourPalette, type Palette, plainPalette } from '../palette.ts';

/** What a person or a pipe is attached to; everything that prints is handed one. */
export interface Terminal {
  input: Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };
  out: Writable;
  err: Writable;
  /** Whether standard output is a terminal, and likewise the others. */
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  inIsTerminal: boolean;
  /** Whether the cursor may be moved on standard error: a terminal, and not a dumb one. */
  live: boolean;
  /** Columns to print answers in; without limit in a pipe, where nothing may be cut. */
  width(): number;
  /** Size of the terminal that progress is drawn on. */
  size(): { columns: number; rows: number };
  outPalette: Palette;
  errPalette: Palette;
  now(): Date;
  /** Why output could not be written, once it could not; null while all is well and for a reader that went away. */
  lost(): NodeJS.ErrnoException | null;
}

/** The terminal of this process. `color` and `kind` (TERM) come from the config. A reader that went away (EPIPE) is no reason to stop a
 * run that others wait for: what cannot be written is let go. So is what a full disk does not take, but that is remembered: the work
 * is done and kept, and whoever waits for the output has to hear that it is not whole. */
export function processTerminal(process: NodeJS.Process, color: boolean, kind: string): Terminal {
  const { stdin, stdout, stderr } = process;
  let lost: NodeJS.ErrnoException | null = null;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') lost ??= error;
    });
  }
  const outIsTerminal = stdout.isTTY === true;
  const errIsTerminal = stderr.isTTY === true;
  return {
    input: stdin,
    out: stdout,
    err: stderr,
    outIsTerminal,
    errIsTerminal,
    inIsTerminal: stdin.isTTY === true,
    live: errIsTerminal && kind !== 'dumb',
    width: () => (outIsTerminal ? sane(stdout.columns, 80) : Number.POSITIVE_INFINITY),
    size: () => ({ columns: sane(stderr.columns, 80), rows: sane(stderr.rows, 24) }),
    outPalette: outIsTerminal && color ? colourPalette : plainPalette,
    errPalette: errIsTerminal && color ? colourPalette : plainPalette,
    now: () => new Date(),
    lost: () => lost,
  };
}

/** Some terminals (serial lines, `script`) say 0. */
function sane(size: number | undefined, fallback: number): number {
  return size && size > 0 ? size : fallback;
}
