import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';

import { type Card, emptyCard, follow } from '../../../bots/card.ts';
import { plainPalette } from '../../../bots/palette.ts';
import { liveProgress } from '../../../bots/repl/live-progress.ts';
import { jobOf } from '../../fakes/engine.ts';

const card: Card = follow(emptyCard, {
  type: 'accepted',
  group: 'g1',
  jobs: [jobOf('j1', 'running', { title: 'GENERATE "fog"' }), jobOf('j2', 'blocked', { title: 'TRIM v1' })],
});

/** A display on a screen of 60 columns, and what was written to it, without its control sequences. */
function display() {
  vi.useFakeTimers();
  const written: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { written, shown: liveProgress(out, () => ({ columns: 60, rows: 20 }), plainPalette) };
}

test('what is said of a run stands below it, and the next frame takes its place', () => {
  const { written, shown } = display();
  shown.show(card);
  vi.advanceTimersByTime(100);
  shown.say('cancelling');
  vi.advanceTimersByTime(100);
  // Up over the two lines of the first frame, then three lines.
  expect(written[1]).toContain('\u{1b}[2A');
  expect(written[1]!.trimEnd().split('\n')).toHaveLength(3);
  expect(written[1]!.trimEnd().endsWith('cancelling')).toBe(true);
  shown.end(card);
  expect(written[2]).toContain('\u{1b}[3A');
  expect(written[2]).not.toContain('cancelling');
  vi.useRealTimers();
});
