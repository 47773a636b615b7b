import type { Writable } from 'node:stream';

import { type Card, type CardJob, emptyCard } from '../card.ts';
import { tellJob } from '../progress.ts';
import type { ProgressDisplay } from './live-progress.ts';

/** Progress as plain words for a pipe, a log or a dumb terminal: a line when a job changes its state, and while it runs one every few seconds at
 * the most, and only when it got further. `now` in milliseconds. */
export function plainProgress(out: Writable, now: () => number): ProgressDisplay {
  let before: Card = emptyCard;
  const told = new Map<string, { at: number; percent: number }>();

  const tell = (job: CardJob) => {
    told.set(job.id, { at: now(), percent: Math.floor(job.fraction * 100) });
    out.write(`${tellJob(job, 110)}\n`);
  };

  const show = (card: Card) => {
    for (const job of card.jobs) {
      const was = before.jobs.find((other) => other.id === job.id);
      if (was === job) continue;
      if (was?.state !== job.state) {
        // What waits is worth no line: it will have one when it starts.
        if (job.state !== 'blocked' && job.state !== 'ready') tell(job);
      } else if (job.state === 'running') {
        const last = told.get(job.id);
        const percent = Math.floor(job.fraction * 100);
        if (!last || (now() - last.at >= quiet && percent > last.percent)) tell(job);
      }
    }
    before = card;
  };
  return { show, say: (text) => void out.write(`${text}\n`), end: show };
}

/** Milliseconds between two lines about the same running job. */
const quiet = 3000;
