import { setTimeout as sleep } from 'node:timers/promises';

/** The bell of one lane, as a queue server has it. */
export interface Bell {
  /** How many rings nobody has heard yet. */
  unheard(): Promise<number>;
  add(jobs: readonly number[]): Promise<void>;
}

export interface RingerOptions {
  /** How many rings may hang unheard: whoever hears one looks for any work of the lane, so more would say no more. */
  most: number;
  /** Milliseconds that the server is given to take a dose. */
  patience: number;
  /** Milliseconds between tries. */
  pause: number;
  /** Is told when a dose is given up, and whether it is the first of a row of them. */
  trouble(error: unknown, first: boolean): void;
}

/** Rings a bell behind the back of whoever asks for it, who never waits. */
export interface Ringer extends AsyncDisposable {
  ring(job: number): void;
}

/** How often a dose is tried in all; then the sweep rings again what is still ready. */
const tries = 3;

/** How many rings are added on one answer of how many hang: asking each time would double the traffic. */
const trust = 50;

/** A ringer of one bell:
 *
 *   idle → ring → what has gathered is one dose → the bell has room: it is added → idle, or the next dose
 *                                               → enough hang unheard: dropped, the rows stay ready
 *                                               → no answer: twice again, then dropped and told */
export function openRinger(bell: Bell, options: RingerOptions): Ringer {
  const { most, patience, pause, trouble } = options;
  const gathered = new Set<number>();
  const closing = new AbortController();
  let ringing: Promise<void> | null = null;
  let room = 0;
  let well = true;

  const add = async (dose: readonly number[]) => {
    if (room < dose.length) room = Math.min(most - (await bell.unheard()), Math.max(trust, dose.length));
    if (room <= 0) return;
    const within = dose.slice(0, room);
    room -= within.length;
    await bell.add(within);
  };

  const insist = async (dose: readonly number[]) => {
    for (let attempt = 1; ; attempt++) {
      try {
        await inTime(add(dose), patience);
        well = true;
        return;
      } catch (error) {
        room = 0;
        if (attempt === tries || closing.signal.aborted) throw error;
        await sleep(pause * attempt, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  };

  const ringAll = async () => {
    // What is asked for in one go is one dose.
    await null;
    while (gathered.size > 0) {
      const dose = [...gathered];
      gathered.clear();
      await insist(dose).catch((error) => {
        trouble(error, well);
        well = false;
      });
    }
    ringing = null;
  };

  return {
    ring(job) {
      if (closing.signal.aborted || gathered.size >= most) return;
      gathered.add(job);
      ringing ??= ringAll();
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await ringing;
    },
  };
}

/** A server that is half gone answers nothing at all, not even an error. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
