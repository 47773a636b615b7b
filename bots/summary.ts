import { showSeconds } from '../dsl/amounts.ts';
import type { Card, CardJob } from './card.ts';
import { showFacts } from './value.ts';
import { oneLine } from './width.ts';

/** What to say once a run has ended. */
export interface Summary {
  /** What came out: where each file now stands, or the ids of the results. This is the answer, for standard output. */
  results: string[];
  /** What the texts hold that were made for people. */
  words: string[];
  /** What the asker should know: nouns that could not be drawn, clips that were encoded. */
  notes: string[];
  /** What went wrong, each with what to do about it. */
  problems: string[];
  /** `g7 done in 12.5s: 5 jobs ran, 2 were recalled`. */
  closing: string;
}

/** Says how a run ended, in words for people. */
export function summarise(card: Card): Summary {
  const outside = card.jobs.filter((job) => job.path !== null || job.url !== null);
  const told = outside.filter((job) => job.operation === 'notify');
  const exports = outside.filter((job) => job.operation !== 'notify');
  const made = card.jobs.filter(
    (job) => job.state === 'done' && job.result !== null && !outside.includes(job),
  );
  const shown = [...(exports.length > 0 ? exports : made.slice(-1)), ...told];
  return {
    results: card.state === 'done' || outside.length > 0 ? shown.map(resultLine) : [],
    words: card.state === 'done' ? held(card.jobs) : [],
    notes: [...new Set(card.jobs.flatMap((job) => job.notes.map((note) => `${job.id}: ${oneLine(note)}`)))],
    problems: card.jobs
      .filter((job) => job.problem !== null && job.state === 'failed')
      .flatMap((job) => problemLines(job)),
    closing: closing(card),
  };
}

/** What texts hold, each line with its job where there are several. */
function held(jobs: readonly CardJob[]): string[] {
  const telling = jobs.filter(({ words }) => words.length > 0);
  return telling.flatMap(({ id, words }) =>
    words.map((line) => oneLine(telling.length > 1 ? `${id}: ${line}` : line)),
  );
}

/** A failed job in words: its code, its statement, the message, and what to do. */
function problemLines(job: CardJob): string[] {
  if (!job.problem) return [];
  const { code, message, hint } = job.problem;
  return [
    `${code}  ${oneLine(message)}`,
    `   in ${job.id}: ${oneLine(job.title)}`,
    ...(hint ? [`   = ${oneLine(hint)}`] : []),
  ];
}

function resultLine(job: CardJob): string {
  if (job.operation === 'notify') return oneLine(`told ${job.url}`);
  const where = job.path ?? (job.url ? `delivered to ${job.url}` : job.result!);
  return job.facts ? `${oneLine(where)}  ${showFacts(job.facts)}` : oneLine(where);
}

function closing(card: Card): string {
  const { state, ran, recalled, group } = card;
  const time = card.seconds === null ? '' : ` in ${showSeconds(card.seconds)}`;
  const jobs = (n: number) => `${n} ${n === 1 ? 'job' : 'jobs'}`;
  if (state === 'cancelled')
    return `${group} cancelled${time}; finished work stays and is recalled next time`;
  if (state === 'failed') return `${group} failed${time}; finished work stays and is recalled next time`;
  const work = card.jobs.filter((job) => job.operation !== 'export');
  if (work.length > 0 && work.every((job) => job.recalled))
    return `${group} done${time}: everything was recalled, nothing to do`;
  return recalled > 0
    ? `${group} done${time}: ${jobs(ran)} ran, ${jobs(recalled)} recalled`
    : `${group} done${time}: ${jobs(ran)} ran`;
}
