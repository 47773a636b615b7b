import type { Facts } from '../dsl/facts.ts';
import type { JobView, RunEvent, RunState } from '../engine/event.ts';

/** A job on a card, with the latest of what was heard about it. */
export interface CardJob extends JobView {
  /** 0 to 1. */
  fraction: number;
  fps: number | null;
  secondsLeft: number | null;
  note: string | null;
  facts: Facts | null;
  path: string | null;
  url: string | null;
  notes: readonly string[];
  words: readonly string[];
  problem: { code: string; message: string; hint: string | null; willRetry: boolean; attempt: number } | null;
}

/** What people see of a run, whatever the surface: a terminal draws it as lines, a chat as a message that edits itself. */
export interface Card {
  /** `g7`; null before it was accepted. */
  group: string | null;
  jobs: readonly CardJob[];
  state: RunState | null;
  /** How long the run took; null while it runs. */
  seconds: number | null;
  recalled: number;
  ran: number;
}

export const emptyCard: Card = { group: null, jobs: [], state: null, seconds: null, recalled: 0, ran: 0 };

/** The card after one more event. Pure; events of jobs that the card does not have are let go. */
export function follow(card: Card, event: RunEvent): Card {
  switch (event.type) {
    case 'diagnostic':
      return card;
    case 'accepted':
      return {
        ...card,
        group: event.group,
        state: 'running',
        jobs: event.jobs.map((job) => {
          const known = card.jobs.find((other) => other.id === job.id);
          return known ? { ...known, ...job } : fresh(job);
        }),
      };
    case 'job':
      return card.jobs.some((job) => job.id === event.job.id)
        ? change(card, event.job.id, (job) => ({
            ...job,
            ...event.job,
            fraction: event.job.state === 'done' ? 1 : event.job.state === 'running' ? job.fraction : 0,
          }))
        : { ...card, jobs: [...card.jobs, fresh(event.job)] };
    case 'progress':
      return change(card, event.job, (job) => ({
        ...job,
        fraction: Math.min(1, Math.max(0, event.fraction)),
        fps: event.fps,
        secondsLeft: event.secondsLeft,
        note: event.note,
      }));
    case 'result':
      return change(card, event.job, (job) => ({
        ...job,
        result: event.result ?? job.result,
        recalled: event.recalled,
        facts: event.facts,
        path: event.path,
        url: event.url,
        notes: event.notes,
        words: event.words,
        problem: null,
      }));
    case 'failed':
      return change(card, event.job, (job) => ({
        ...job,
        problem: {
          code: event.code,
          message: event.message,
          hint: event.hint,
          willRetry: event.willRetry,
          attempt: event.attempt,
        },
      }));
    case 'done':
      return {
        ...card,
        group: event.group,
        state: event.state,
        seconds: event.seconds,
        recalled: event.recalled,
        ran: event.ran,
      };
  }
}

function fresh(job: JobView): CardJob {
  return {
    ...job,
    fraction: job.state === 'done' ? 1 : 0,
    fps: null,
    secondsLeft: null,
    note: null,
    facts: null,
    path: null,
    url: null,
    notes: [],
    words: [],
    problem: null,
  };
}

function change(card: Card, id: string, next: (job: CardJob) => CardJob): Card {
  return { ...card, jobs: card.jobs.map((job) => (job.id === id ? next(job) : job)) };
}
