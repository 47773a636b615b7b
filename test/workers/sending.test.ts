import { expect, test } from 'vitest';
import type { EgressRequest, EgressResponse } from '../../engine/egress/door.ts';
import { Failure } from '../../engine/failure.ts';
import { retryAfter, sendUntilTaken } from '../../workers/sending.ts';

const request: EgressRequest = {
  method: 'PUT',
  url: 'https://films.example/x',
  headers: {},
  body: null,
  redirects: 0,
  totalTimeout: 1000,
  maxResponseBytes: 10,
};

const answer = (status: number, headers: Record<string, string> = {}): EgressResponse => ({
  status,
  headers,
  body: Buffer.from('<script>secret</script>'),
  url: 'https://films.example/x?signature=secret',
});

/** Sends to a server that gives these answers in turn; returns what came of it and how long was waited. */
async function send(...answers: (EgressResponse | Error)[]) {
  const waits: number[] = [];
  let asked = 0;
  const tools = {
    egress: {
      check: async () => null,
      request: async () => {
        const next = answers[asked++];
        if (next === undefined || next instanceof Error) throw next ?? new Error('asked too often');
        return next;
      },
    },
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
    random: () => 0.5,
    now: () => Date.parse('2026-11-22T00:00:00Z'),
  };
  const outcome = await sendUntilTaken(
    tools,
    'the file',
    () => request,
    new AbortController().signal,
    () => {},
  ).catch((error: unknown) => error as Failure);
  return { outcome, waits, asked };
}

test.each([200, 201, 204])('takes %i for a yes', async (status) => {
  expect(await send(answer(status))).toMatchObject({ outcome: { status }, waits: [], asked: 1 });
});

test.each([
  408, 425, 429, 500, 502, 503, 504,
])('tries again after %i, a little later each time', async (status) => {
  const { outcome, waits } = await send(answer(status), answer(status), answer(200));
  expect(outcome).toMatchObject({ status: 200 });
  expect(waits).toEqual([750, 1500]);
});

test.each([301, 302, 303, 304])('does not follow %i', async (status) => {
  expect(await send(answer(status))).toMatchObject({
    outcome: { kind: 'permanent', code: 'PQL672' },
    asked: 1,
  });
});

test.each([
  400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 451,
])('takes %i for a final no', async (status) => {
  const { outcome, asked } = await send(answer(status));
  expect(outcome).toMatchObject({ kind: 'permanent', code: 'PQL671' });
  expect(asked).toBe(1);
});

test('says who refused and how, without repeating the answer or the signed part of the address', async () => {
  const { outcome } = await send(answer(403));
  expect(outcome).toMatchObject({
    message: 'films.example did not take the file: it answered 403',
    hint: 'the address lacks the right to write, or that right has run out; get a new address',
  });
  expect(JSON.stringify(outcome)).not.toContain('secret');
});

test('waits as long as it is asked to, but never longer than a minute', async () => {
  expect((await send(answer(503, { 'retry-after': '7' }), answer(200))).waits).toEqual([7000]);
  expect((await send(answer(503, { 'retry-after': '86400' }), answer(200))).waits).toEqual([60_000]);
  expect((await send(answer(503, { 'retry-after': 'soon' }), answer(200))).waits).toEqual([750]);
});

test('leaves it to the engine to try later when three tries were in vain', async () => {
  const { outcome, asked } = await send(answer(503), answer(503), answer(503));
  expect(outcome).toMatchObject({ kind: 'transient', code: 'PQL670' });
  expect(asked).toBe(3);
});

test('tries again when the way was broken, not when policy refused', async () => {
  const broken = new Failure('transient', 'PQL660', 'films.example cannot be reached');
  expect(await send(broken, answer(200))).toMatchObject({ outcome: { status: 200 }, waits: [750] });
  const refused = new Failure('user', 'PQL510', 'nothing is sent there');
  expect(await send(refused, answer(200))).toMatchObject({ outcome: { code: 'PQL510' }, asked: 1 });
});

test.each([
  [undefined, null],
  ['120', 120_000],
  ['0', 0],
  ['Sun, 22 Nov 2026 00:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
  ['-5', null],
  ['1e9', null],
  ['later', null],
])('reads Retry-After %j as %j', (value, milliseconds) => {
  expect(retryAfter(value, Date.parse('2026-11-22T00:00:00Z'))).toBe(milliseconds);
});
