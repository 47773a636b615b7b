import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Lane } from '../../dsl/plan.ts';
import type { Queue } from '../../engine/queue/port.ts';

/** Waits end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

/** What every doorbell keeps to. `open` gives one that no other test hears. */
export function describeQueue(adapter: string, open: () => Promise<Queue>): void {
  describe(`a queue (${adapter})`, () => {
    let queue: Queue;
    beforeEach(async () => {
      queue = await open();
    });
    afterEach(() => queue[Symbol.asyncDispose]());

    /** Hears rings only: null may come at any time, as when a connection is there again. */
    const listen = (lane: Lane, hear: (job: number) => unknown) =>
      queue.listen(lane, (job) => (job === null ? undefined : hear(job)));

    test('lets a listener of the lane hear a ring, and no other lane', async () => {
      const cpu = vi.fn();
      const gpu = vi.fn();
      await listen('cpu', cpu);
      await listen('gpu', gpu);
      await queue.ring('cpu', 7);
      await vi.waitFor(() => expect(cpu).toHaveBeenCalledWith(7), soon);
      expect(gpu).not.toHaveBeenCalled();
    });

    test('rings where nobody listens, without harm', async () => {
      await queue.ring('net', 1);
    });

    test('hears every one of many different rings', async () => {
      const heard = new Set<number>();
      await listen('cpu', (job) => heard.add(job));
      for (let job = 1; job <= 50; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard.size).toBe(50), soon);
    });

    test('hears the same job ring again', async () => {
      const hear = vi.fn();
      await listen('cpu', hear);
      await queue.ring('cpu', 5);
      await vi.waitFor(() => expect(hear).toHaveBeenCalledTimes(1), soon);
      await queue.ring('cpu', 5);
      await vi.waitFor(() => expect(hear).toHaveBeenCalledTimes(2), soon);
    });

    test('spreads rings over the listeners of a lane', async () => {
      const heard: string[] = [];
      await listen('cpu', () => heard.push('a'));
      await listen('cpu', () => heard.push('b'));
      for (let job = 1; job <= 20; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard).toHaveLength(20), soon);
      expect(new Set(heard)).toEqual(new Set(['a', 'b']));
    });

    test('leaves rings to others while a listener is busy with one', async () => {
      const { promise: free, resolve: release } = Promise.withResolvers<void>();
      const heard: string[] = [];
      const first = async (who: string) => {
        heard.push(who);
        if (heard.length === 1) await free;
      };
      await listen('cpu', () => first('a'));
      await listen('cpu', () => first('b'));
      for (let job = 1; job <= 6; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard).toHaveLength(6), soon);
      expect(new Set(heard.slice(1))).toEqual(new Set(heard[0] === 'a' ? ['b'] : ['a']));
      release();
      for (let job = 7; job <= 30; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard.slice(6)).toContain(heard[0]), soon);
    });

    test('keeps few of thousands of rings, and whoever listens then is woken', async () => {
      const heard = new Set<number>();
      const { promise: free, resolve: release } = Promise.withResolvers<void>();
      await listen('gpu', async (job) => {
        heard.add(job);
        await free;
      });
      for (let job = 1; job <= 5000; job++) await queue.ring('gpu', job);
      await vi.waitFor(() => expect(heard.size).toBe(1), soon);
      release();
      await queue.ring('gpu', 5001);
      await vi.waitFor(() => expect(heard.size).toBeGreaterThan(100), soon);
      expect(heard.size).toBeLessThan(1000);
    });

    test('may be closed while it rings and while somebody is busy', async () => {
      const other = await open();
      const hear = vi.fn(() => new Promise(() => {}));
      await other.listen('net', hear);
      await other.ring('net', 1);
      await vi.waitFor(() => expect(hear).toHaveBeenCalled(), soon);
      for (let job = 2; job <= 500; job++) await other.ring('net', job);
      await other[Symbol.asyncDispose]();
    });

    test('is not heard any more by who stopped listening', async () => {
      const gone = vi.fn();
      const there = vi.fn();
      const listener = await listen('cpu', gone);
      await listen('cpu', there);
      await listener[Symbol.asyncDispose]();
      for (let job = 1; job <= 4; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(4), soon);
      expect(gone).not.toHaveBeenCalled();
    });
  });
}
