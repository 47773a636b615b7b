import { setTimeout as sleep } from 'node:timers/promises';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import type { Lane } from '../../dsl/plan.ts';
import { openTogether } from '../opened.ts';
import type { Hear, Queue } from './port.ts';
import { type ConnectionTimes, connectTo, evictionOf, lookOver, placeOf, usualConnection } from './redis.ts';
import { type Bell, openRinger, type Ringer } from './ringer.ts';

/** How long things may take, milliseconds. */
export interface QueueTimes extends ConnectionTimes {
  /** That a listener waits for a ring before it asks again: whole seconds, and below `socket`, since the server is silent meanwhile. */
  block: number;
  /** For the server to take a dose of rings. */
  ring: number;
}

const usual: QueueTimes = { ...usualConnection, block: 5000, ring: 1000 };

export interface BullmqOptions {
  /** Before all keys, so that two databases on one server do not meet. */
  prefix: string;
  /** Is told in words what is wrong with the server; the work goes on without it. */
  trouble(message: string, cause?: unknown): void;
  times?: Partial<QueueTimes>;
  /** How many rings of a lane may hang unheard. */
  most?: number;
}

/** Rings through a Redis or Valkey server, so that processes elsewhere hear. A server that cannot be reached is no reason not to start or
 * to refuse work: rings are lost then, and the sweep finds the rows. Throws a Failure PQL605 when it is reached and will never do. */
export async function openBullmqQueue(url: string, options: BullmqOptions): Promise<Queue> {
  const times = { ...usual, ...options.times };
  const { prefix, trouble, most = 200 } = options;
  // What was looked over by us is not asked again by the library, which would stay broken if it failed to answer then.
  const common = { prefix, skipVersionCheck: true };
  return openTogether(async (opened) => {
    const connected = (meanwhile: 'fails' | 'waits') => {
      const client = connectTo(url, times, meanwhile);
      opened.add({ [Symbol.dispose]: () => client.disconnect() });
      return client;
    };
    const ringing = connected('fails');
    const away = await lookOver(ringing, times);
    const place = `the queue server ${placeOf(ringing)}`;
    if (away !== null) {
      trouble(`${place} is not reached: workers elsewhere hear of work late`, away);
      ringing.once('ready', async () => {
        const problem = await evictionOf(ringing);
        if (problem !== null) trouble(`${place} ${problem.message}: ${problem.hint}`);
      });
    }
    const hearing = connected('waits');

    const ringers = new Map<Lane, Ringer>();
    const ringerOf = (lane: Lane): Ringer => {
      // Its log of events is nothing that anybody reads.
      const queue = new BullQueue(lane, {
        ...common,
        connection: ringing,
        streams: { events: { maxLen: 10 } },
      });
      queue.on('error', () => {});
      const ringer = openRinger(
        bellOf(queue, () => ringing.status === 'ready'),
        {
          most,
          patience: times.ring,
          pause: times.ring / 10,
          trouble(error, first) {
            if (first) trouble(`${place} takes no rings: the sweep finds what is ready`, error);
            // Whoever listens in this process needs no server to hear.
            for (const listener of listeners) if (listener.lane === lane) void listener.hear(null);
          },
        },
      );
      ringers.set(lane, ringer);
      return ringer;
    };
    const listeners = new Set<AsyncDisposable & { lane: Lane; hear: Hear }>();
    opened.add({
      async [Symbol.asyncDispose]() {
        const all = [...listeners, ...ringers.values()];
        await Promise.all(all.map((each) => each[Symbol.asyncDispose]()));
      },
    });
    return {
      async ring(lane, job) {
        (ringers.get(lane) ?? ringerOf(lane)).ring(job);
      },
      async listen(lane, hear) {
        const drainDelay = times.block / 1000;
        const worker = new BullWorker(lane, null, {
          ...common,
          connection: hearing,
          autorun: false,
          drainDelay,
        });
        // What was rung meanwhile is lost with a server that forgets.
        const again = () => void hear(null);
        hearing.on('ready', again);
        const listener = listenWith(worker, hear, () => hearing.status === 'ready');
        const own = {
          lane,
          hear,
          async [Symbol.asyncDispose]() {
            hearing.off('ready', again);
            listeners.delete(own);
            await listener[Symbol.asyncDispose]();
          },
        };
        listeners.add(own);
        return own;
      },
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** Ids must not be all digits nor hold a colon. One that hangs is not added again; one that was heard is forgotten, so that it can be. */
function bellOf(queue: BullQueue, isThere: () => boolean): Bell {
  return {
    async unheard() {
      // The library would wait for a server that it has never reached.
      if (!isThere()) throw new Error('it is not connected');
      return queue.getWaitingCount();
    },
    async add(jobs) {
      const opts = (job: number) => ({ jobId: `job-${job}`, removeOnComplete: true, removeOnFail: true });
      await queue.addBulk(jobs.map((job) => ({ name: 'ring', data: null, opts: opts(job) })));
    },
  };
}

/** Takes rings one by one, each only when the one before was done with: who is busy leaves them to others. A ring is off the books before it
 * is heard, so that a listener that dies holds none. */
function listenWith(worker: BullWorker, hear: Hear, isThere: () => boolean): AsyncDisposable {
  const closing = new AbortController();
  const { signal } = closing;
  const token = crypto.randomUUID();
  let busy = false;
  worker.on('error', () => {});
  const listening = (async () => {
    while (!signal.aborted)
      try {
        const ring = await worker.getNextJob(token);
        if (ring === undefined) continue;
        if (signal.aborted) return void (await ring.moveToWait(token));
        await ring.moveToCompleted(null, token, false);
        busy = true;
        await hear(Number(ring.id?.slice('job-'.length)));
        busy = false;
      } catch {
        // The server is away, full, or was emptied under our hands: the sweep finds what is ready meanwhile.
        await sleep(250, undefined, { signal }).catch(() => {});
      }
  })();
  return {
    async [Symbol.asyncDispose]() {
      closing.abort();
      await worker.close(true).catch(() => {});
      // It may have taken a ring that it has to put back.
      if (!busy && isThere()) await Promise.race([listening, sleep(1000, undefined, { ref: false })]);
    },
  };
}
