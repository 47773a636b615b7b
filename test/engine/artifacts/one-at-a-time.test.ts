import { expect, test } from 'vitest';
import { oneAtATime } from '../../../engine/artifacts/one-at-a-time.ts';

/** Work that ends when it is told to, and counts how often it was begun. */
function slow() {
  let begun = 0;
  let end: (value: string) => void = () => {};
  let seen: AbortSignal | undefined;
  return {
    work: (signal: AbortSignal) => {
      begun += 1;
      seen = signal;
      return new Promise<string>((resolve) => {
        end = resolve;
      });
    },
    end: (value: string) => end(value),
    begun: () => begun,
    stopped: () => seen?.aborted,
  };
}

test('does for many what one asks for, and anew for who asks later', async () => {
  const one = oneAtATime<string>();
  const { work, end, begun } = slow();
  const asked = [1, 2, 3].map(() => one.ask('a', work));
  end('done');
  expect(await Promise.all(asked)).toEqual(['done', 'done', 'done']);
  expect(begun()).toBe(1);
  const later = one.ask('a', work);
  end('again');
  expect([await later, begun()]).toEqual(['again', 2]);
});

test('goes on for the others when one is cancelled, and stops when nobody is left', async () => {
  const one = oneAtATime<string>();
  const { work, end, stopped } = slow();
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [first, second].map(({ signal }) => one.ask('a', work, signal));
  first.abort();
  await expect(asked[0]).rejects.toMatchObject({ name: 'AbortError' });
  expect(stopped()).toBe(false);
  second.abort();
  await expect(asked[1]).rejects.toMatchObject({ name: 'AbortError' });
  expect(stopped()).toBe(true);
  const anew = one.ask('a', work);
  end('done');
  expect(await anew).toBe('done');
});

test('tells everybody of an error, and does not remember it', async () => {
  const one = oneAtATime<string>();
  const fails = () => Promise.reject(new Error('broken'));
  await expect(Promise.all([one.ask('a', fails), one.ask('a', fails)])).rejects.toThrow('broken');
  expect(await one.ask('a', async () => 'mended')).toBe('mended');
});
