import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** The whole of a terminal, apart from what was on it before. */
export interface Screen extends Disposable {
  /** Puts these lines in the place of the former ones, in one write, so that nothing flickers. */
  draw(lines: readonly string[]): void;
}

const csi = '\u{1b}[';
/** The alternate screen, without a cursor, and lines that are cut instead of wrapped. */
const enter = `${csi}?1049h${csi}?25l${csi}?7l`;
const leave = `${csi}?7h${csi}?25h${csi}?1049l`;
/** Terminals that know these show what stands between them at once (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036). */
const [begin, end] = [`${csi}?2026h`, `${csi}?2026l`];

/** Takes the terminal over until it is disposed of, or the process ends in whatever way it can still do something about. */
export function openScreen(
  process: Pick<NodeJS.Process, 'on' | 'off'>,
  out: Writable & { fd?: number },
): Screen {
  let open = true;
  // At the exit nothing but what is written at once is written; a crash comes by here before its stack is printed.
  const restore = () => {
    if (!open) return;
    open = false;
    try {
      writeSync(out.fd ?? 1, leave);
    } catch {
      // The terminal is gone.
    }
  };
  process.on('exit', restore);
  out.write(enter);
  return {
    draw(lines) {
      const text = lines.map((line) => `${line}${csi}K`).join('\r\n');
      out.write(`${begin}${csi}H${text}${csi}J${end}`);
    },
    [Symbol.dispose]() {
      process.off('exit', restore);
      if (open) out.write(leave);
      open = false;
    },
  };
}
