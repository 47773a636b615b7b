import type { Lane } from '../dsl/plan.ts';
import { sweepFreed } from '../engine/artifacts/freed.ts';
import { consentOf } from '../engine/consent/of.ts';
import { type Claimed, giveBack, heartbeat, keepLog, stillHeld } from '../engine/jobs/claim.ts';
import { endTogether } from '../engine/jobs/end-together.ts';
import { sweep } from '../engine/jobs/sweep.ts';
import type { Log } from '../engine/log.ts';
import { openTogether } from '../engine/opened.ts';
import type { Parts } from '../engine/parts.ts';
import { untraced } from '../engine/traces/port.ts';
import { forgetLost, signOff, signOfLife, type Worker } from '../engine/workers/presence.ts';
import type { Handler } from './handler.ts';
import { type ServedLane, serveLane } from './lane.ts';
import { type LastWords, lastWords } from './last-words.ts';
import { type Ending, runJob } from './run-job.ts';

export interface LanesOptions {
  /** By operation: `enhance`, `export`. */
  handlers: Readonly<Record<string, Handler>>;
  /** How many jobs of each lane run here at the same time; a lane that is left out is not served. */
  slots: Readonly<Partial<Record<Lane, number>>>;
  /** A folder for the jobs' scratch folders. */
  scratch: string;
  /** Names this worker in the rows. */
  worker: string;
  log: Log;
  /** What the worker makes known of itself, if it does. */
  about?: Omit<Worker, 'id' | 'slots'>;
  /** Whether other processes ring for jobs where we do not hear it: then every beat looks for them. An empty look takes 1 to 1.5 ms of a busy
   * server a lane, and a job waits half a beat on average. LISTEN would tell at once, by a connection of its own that has to be watched. */
  deaf?: boolean;
  /** Why no jobs may be claimed at this moment, in words; null when they may. Asked every beat. */
  pressure?: () => Promise<string | null>;
  /** Hears what becomes of jobs here. */
  told?: (news: LanesNews) => void;
  /** Milliseconds that a job stays ours without a sign of life. */
  lease?: number;
  /** Milliseconds between looks at the jobs in hand: how soon a cancellation by another process is seen. */
  beat?: number;
  /** Milliseconds that running jobs are given to stop when the lanes close. */
  grace?: number;
}

/** What lanes tell of themselves. */
export type LanesNews =
  | { type: 'started'; job: Claimed }
  | { type: 'ended'; job: Claimed; seconds: number; ending: Ending | null }
  | { type: 'paused'; why: string }
  | { type: 'resumed' };

export interface Lanes extends AsyncDisposable {
  /** How this worker is named in the rows. */
  worker: string;
  /** Claims nothing more from now on; settles when what runs has ended, or after so many milliseconds, or when `signal` aborts. */
  drain(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

interface Held {
  job: Claimed;
  stop: AbortController;
  words: LastWords;
  ended: Promise<void>;
}

/** Claims and runs jobs until disposed of; what still runs then is stopped and handed back. Every beat a job that is not ours any more
 * is stopped; three times a lease those in hand are prolonged and the lost jobs of others are looked for.
 *
 * open ──pressure──▶ paused ──relief──▶ open          (what runs goes on)
 *   └──────drain──────┴──▶ draining ──nothing runs, or time is up──▶ closed: the rest is stopped and handed back */
export async function startLanes(parts: Parts, options: LanesOptions): Promise<Lanes> {
  const { lease = 30_000, beat = 1000, grace = 5000, log, worker, about, told = () => {} } = options;
  const room = { ...options, consent: consentOf(parts), end: endTogether(parts) };
  const held = new Map<number, Held>();
  const lanes: ServedLane[] = [];
  let draining = false;
  let pressure: string | null = null;
  const stop = (id: number, why: string) => held.get(id)?.stop.abort(new DOMException(why, 'AbortError'));

  const run = (job: Claimed): Promise<void> => {
    const controller = new AbortController();
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const words = lastWords(job.log, seconds);
    told({ type: 'started', job });
    const trace = parts.traces?.working(job) ?? untraced;
    const ended = runJob(parts, job, controller.signal, { ...room, trace }, words)
      .catch((error) => {
        const detail = { job: `j${job.number}`, group: `g${job.group}`, workspace: job.workspace };
        log.write('error', 'a job could not be ended; its lease will lapse', detail, error);
        return null;
      })
      .then((ending) => {
        held.delete(job.id);
        told({ type: 'ended', job, seconds: seconds(), ending });
        // What could not be ended is somebody else's when its lease has lapsed.
        const { how, failure } = ending ?? { how: 'lost' as const, failure: null };
        parts.metrics?.ended(job, how, failure?.kind ?? null, seconds());
        trace.ended({ how, code: failure?.code ?? null });
      });
    held.set(job.id, { job, stop: controller, words, ended });
    return ended;
  };

  const feel = async () => {
    const why = (await options.pressure?.()) ?? null;
    const news = (why === null) !== (pressure === null);
    pressure = why;
    if (!news) return;
    told(why === null ? { type: 'resumed' } : { type: 'paused', why });
    if (why === null) for (const lane of lanes) lane.look();
    await live();
  };
  const live = async () => {
    if (about === undefined) return;
    await signOfLife(parts.store, { ...about, id: worker, slots: options.slots }, { draining, pressure });
  };
  let closing: Promise<unknown> | null = null;
  const closeLanes = () => {
    closing ??= Promise.all(lanes.map((lane) => lane[Symbol.asyncDispose]()));
    return closing;
  };

  return openTogether(async (opened) => {
    opened.add(parts.news.onStop((id) => stop(id, 'cancelled')));
    await live();
    parts.metrics?.alive(0);
    const revocations = opened.add(lookingFor((signal) => room.consent.revoke(parts, signal), log));
    // Closed last to first: first no new jobs, then those in hand, whose leases are prolonged until they have ended.
    if (about !== undefined)
      opened.add({ [Symbol.asyncDispose]: () => quietly(log, () => signOff(parts.store, worker)) });
    opened.add(
      beating(beat, log, async (beats) => {
        const mine = [...held.values()].map(({ job }) => job);
        const renew = beats % Math.max(1, Math.round(lease / 3 / beat)) === 0;
        const alive = await (renew ? heartbeat(parts.store, mine, lease) : stillHeld(parts.store, mine));
        for (const job of mine) if (!alive.has(job.id)) stop(job.id, 'the job was taken away');
        await feel();
        await keepLog(parts.store, spoken([...held.values()], renew));
        if (renew) {
          await live();
          // After our own sign of life, so that a process that slept takes nothing away from itself.
          const lost = await sweep(parts, 'lapsed');
          parts.metrics?.alive(lost);
          await forgetLost(parts.store, lease);
          revocations.look();
          await sweepFreed(parts);
        }
        if (renew || options.deaf === true) for (const lane of lanes) lane.look();
      }),
    );
    opened.add({ [Symbol.asyncDispose]: () => stopAll(parts, [...held.values()], grace, log) });
    opened.add({ [Symbol.asyncDispose]: async () => void (await closeLanes()) });
    await feel();
    const operations = Object.keys(options.handlers);
    const open = () => pressure === null && !draining;
    for (const [lane, slots] of Object.entries(options.slots) as [Lane, number][])
      if (slots > 0)
        lanes.push(
          await serveLane(parts, { lane, slots, operations, worker, lease, log, run, open, can: about?.can }),
        );
    return {
      worker,
      async drain(milliseconds, signal) {
        draining = true;
        await Promise.race([
          Promise.all([closeLanes(), quietly(log, live)]).then(() =>
            Promise.all([...held.values()].map(({ ended }) => ended)),
          ),
          passed(milliseconds, signal),
        ]);
      },
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** The jobs that said something new. */
function spoken(held: readonly Held[], all: boolean): { id: number; epoch: number; log: string[] }[] {
  return held.flatMap(({ job: { id, epoch }, words }) => {
    const log = words.news(all);
    return log === null ? [] : [{ id, epoch, log }];
  });
}

/** Looks beside the beat, never twice at the same time: a walk over all results may take longer than a lease. */
function lookingFor(
  look: (signal: AbortSignal) => Promise<unknown>,
  log: Log,
): AsyncDisposable & { look(): void } {
  const stopping = new AbortController();
  let looking: Promise<unknown> | null = null;
  return {
    look() {
      looking ??= look(stopping.signal)
        .catch((error) => {
          if (!stopping.signal.aborted)
            log.write('warn', 'ended consent could not be carried out; trying again', {}, error);
        })
        .finally(() => {
          looking = null;
        });
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await looking;
    },
  };
}

/** Does something over and over, never twice at the same time, counting from 1. */
function beating(every: number, log: Log, live: (beats: number) => Promise<void>): AsyncDisposable {
  let beats = 0;
  let living: Promise<void> | null = null;
  const timer = setInterval(() => {
    living ??= live(++beats)
      .catch((error) => log.write('warn', 'no sign of life could be given', {}, error))
      .finally(() => {
        living = null;
      });
  }, every);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await living;
    },
  };
}

/** What does not stop in time is handed back all the same: its epoch lets it write no more once somebody else has it. */
async function stopAll(parts: Parts, held: readonly Held[], grace: number, log: Log): Promise<void> {
  for (const { stop } of held) stop.abort(new DOMException('shutting down', 'AbortError'));
  await Promise.race([Promise.all(held.map(({ ended }) => ended)), passed(grace)]);
  for (const { job } of held) await quietly(log, () => giveBack(parts.store, job));
}

/** Until so many milliseconds have passed or the signal aborts. */
function passed(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  timer.unref();
  if (signal?.aborted) resolve();
  signal?.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

/** What a lease undoes by itself when the database is away keeps nobody from closing. */
async function quietly(log: Log, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) => log.write('warn', 'the database is away; a lease will lapse', {}, error));
}
