import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Queue } from '../../engine/queue/port.ts';

/** Waits end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

/** What every doorbell keeps to. */
export function describeQueue(adapter: string, open: () => Promise<Queue>): void {
  describe(`a queue (${adapter})`, () => {
    let queue: Queue;
    beforeEach(async () => {
      queue = await open();
    });
    afterEach(() => queue[Symbol.asyncDispose]());

    test('lets a listener of the lane hear a ring, and no other lane', async () => {
      const cpu = vi.fn();
      const gpu = vi.fn();
      await queue.listen('cpu', cpu);
      await queue.listen('gpu', gpu);
      await queue.ring('cpu', 7);
      await vi.waitFor(() => expect(cpu).toHaveBeenCalledWith(7), soon);
      expect(gpu).not.toHaveBeenCalled();
    });

    test('rings where nobody listens, without harm', async () => {
      await queue.ring('net', 1);
    });

    test('hears every one of many different rings', async () => {
      const heard = new Set<number>();
      await queue.listen('cpu', (job) => heard.add(job));
      for (let job = 1; job <= 50; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard.size).toBe(50), soon);
    });

    test('hears the same job ring again', async () => {
      const hear = vi.fn();
      await queue.listen('cpu', hear);
      await queue.ring('cpu', 5);
      await vi.waitFor(() => expect(hear).toHaveBeenCalledTimes(1), soon);
      await queue.ring('cpu', 5);
      await vi.waitFor(() => expect(hear).toHaveBeenCalledTimes(2), soon);
    });

    test('spreads rings over the listeners of a lane', async () => {
      const heard: string[] = [];
      await queue.listen('cpu', () => heard.push('a'));
      await queue.listen('cpu', () => heard.push('b'));
      for (let job = 1; job <= 20; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(heard).toHaveLength(20), soon);
      expect(new Set(heard)).toEqual(new Set(['a', 'b']));
    });

    test('is not heard any more by who stopped listening', async () => {
      const gone = vi.fn();
      const there = vi.fn();
      const listener = await queue.listen('cpu', gone);
      await queue.listen('cpu', there);
      await listener[Symbol.asyncDispose]();
      for (let job = 1; job <= 4; job++) await queue.ring('cpu', job);
      await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(4), soon);
      expect(gone).not.toHaveBeenCalled();
    });
  });
}
