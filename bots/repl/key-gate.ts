import { Readable } from 'node:stream';

import type { Terminal } from './terminal.ts';

/** Stands between the keyboard and the line editor: while a run is on, what is typed is kept for later, and only Ctrl-C gets through. */
export interface KeyGate {
  /** What the line editor reads. */
  keys: Readable;
  /** From now on keys are kept; Ctrl-C calls `interrupt`. */
  hold(interrupt: () => void): void;
  /** What was kept goes to the line editor. */
  release(): void;
  /** What was kept is forgotten. */
  drop(): void;
  close(): void;
}

export function openKeyGate(terminal: Terminal): KeyGate {
  const { input } = terminal;
  let kept: Buffer[] = [];
  let interrupt: (() => void) | null = null;

  const keys = Object.assign(new Readable({ read() {} }), {
    isTTY: terminal.inIsTerminal,
    setRawMode: (raw: boolean) => input.setRawMode?.(raw),
  });
  const onData = (chunk: Buffer) => {
    if (!interrupt) return void keys.push(chunk);
    const rest = chunk.filter((byte) => byte !== ctrlC);
    if (rest.length > 0) kept.push(Buffer.from(rest));
    if (rest.length < chunk.length) {
      // Whoever stops a run does not want what they typed before to start another.
      kept = [];
      interrupt();
    }
  };
  const onEnd = () => void keys.push(null);
  input.on('data', onData);
  input.on('end', onEnd);

  return {
    keys,
    hold(onInterrupt) {
      interrupt = onInterrupt;
    },
    release() {
      interrupt = null;
      for (const chunk of kept) keys.push(chunk);
      kept = [];
    },
    drop() {
      kept = [];
    },
    close() {
      input.off('data', onData);
      input.off('end', onEnd);
      input.pause();
    },
  };
}

const ctrlC = 0x03;
