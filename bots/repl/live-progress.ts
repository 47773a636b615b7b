import type { Writable } from 'node:stream';

import { type Card, emptyCard } from '../card.ts';
import type { Palette } from '../palette.ts';
import { drawProgress } from '../progress.ts';
import { clip } from '../width.ts';

/** Where the progress of a run is shown. */
export interface ProgressDisplay {
  show(card: Card): void;
  /** Tells something about the run while it goes on. */
  say(text: string): void;
  /** Leaves the last state standing. */
  end(card: Card): void;
}

/** Draws the jobs of a run in place, at most ten times a second, in one write a frame so that nothing flickers. The last state stays
 * on the screen, whole. */
export function liveProgress(
  out: Writable,
  size: () => { columns: number; rows: number },
  palette: Palette,
): ProgressDisplay {
  let drawn = 0;
  let width = 0;
  let last: Card = emptyCard;
  let said: string | null = null;
  let timer: NodeJS.Timeout | null = null;

  const draw = (card: Card, height: number) => {
    const { columns } = size();
    // The last column stays empty: some terminals wrap as soon as it is written.
    const lines = drawProgress(card, columns - 1, height, palette);
    if (said !== null) lines.push(palette.dim(clip(said, columns - 1)));
    // After a resize the old lines may have wrapped; then the count of rows is not known and drawing goes on below.
    const up = drawn > 0 && columns === width ? `\u{1b}[${drawn}A` : '';
    width = columns;
    drawn = lines.length;
    out.write(`\u{1b}[?25l\r${up}\u{1b}[J${lines.map((line) => `${line}\n`).join('')}`);
  };

  return {
    show(card) {
      last = card;
      if (card.jobs.length === 0) return;
      timer ??= setTimeout(() => {
        timer = null;
        draw(last, Math.max(1, size().rows - 3));
      }, 100);
    },
    say(text) {
      said = text;
      this.show(last);
    },
    end(card) {
      said = null;
      if (timer) clearTimeout(timer);
      timer = null;
      if (card.jobs.length > 0) draw(card, Number.POSITIVE_INFINITY);
      out.write('\u{1b}[?25h');
      drawn = 0;
    },
  };
}
