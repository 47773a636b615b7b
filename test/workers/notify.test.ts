import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EgressRequest, EgressResponse } from '../../engine/egress/door.ts';
import { createNotify } from '../../workers/notify.ts';
import { fakeDesk, fakeFilm } from '../fakes/desk.ts';

const key = Buffer.alloc(32, 7);
const film = fakeFilm('/nonexistent', 'ab'.repeat(32), 4);

async function notify(statuses: number[], desk = fakeDesk({ inputs: [film] }).desk) {
  const sent: EgressRequest[] = [];
  let clock = Date.parse('2026-11-22T00:00:00Z');
  const handler = createNotify({
    egress: {
      check: async () => null,
      request: async (request): Promise<EgressResponse> => {
        sent.push(request);
        return {
          status: statuses[sent.length - 1] ?? 500,
          headers: {},
          body: Buffer.alloc(0),
          url: request.url,
        };
      },
    },
    sleep: async () => {
      clock += 5000;
    },
    now: () => clock,
    key: async () => key,
  });
  const outcome = await handler({ url: 'https://hooks.example/done' }, desk).catch((error: unknown) => error);
  return { outcome, sent };
}

const bodyOf = (request: EgressRequest) => Buffer.from(request.body?.open() as Uint8Array).toString();

test('posts what was made, signed as Standard Webhooks has it', async () => {
  const { outcome, sent } = await notify([200]);
  expect(outcome).toEqual({ url: 'https://hooks.example/done', notes: [] });
  const [post] = sent as [EgressRequest];
  expect(post).toMatchObject({
    method: 'POST',
    redirects: 0,
    headers: { 'content-type': 'application/json' },
  });
  expect(JSON.parse(bodyOf(post))).toEqual({
    type: 'result.ready',
    timestamp: '2026-11-22T00:00:00.000Z',
    data: {
      group: 'g7',
      job: 'j40',
      results: [
        { kind: 'video', sha256: film.hash, facts: film.facts, recipe: 'GENERATE "fog" DURATION 4s' },
      ],
    },
  });
  const id = post.headers['webhook-id'];
  expect(post.headers['webhook-timestamp']).toBe('1795305600');
  const signed = createHmac('sha256', key)
    .update(`${id}.1795305600.${bodyOf(post)}`)
    .digest('base64');
  expect(post.headers['webhook-signature']).toBe(`v1,${signed}`);
});

test('keeps the message and its id over tries, and signs each with its own time', async () => {
  const { sent } = await notify([503, 200]);
  const [first, second] = sent as [EgressRequest, EgressRequest];
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(bodyOf(second)).toBe(bodyOf(first));
  expect(second.headers['webhook-timestamp']).toBe('1795305605');
  expect(second.headers['webhook-signature']).not.toBe(first.headers['webhook-signature']);
});

test('has another id for another job', async () => {
  const ids = [];
  for (const job of ['j40', 'j41'])
    ids.push((await notify([200], fakeDesk({ inputs: [film], job }).desk)).sent[0]?.headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
});

test('says in words that nobody takes it', async () => {
  expect((await notify([404])).outcome).toMatchObject({
    code: 'PQL671',
    message: 'hooks.example did not take the message: it answered 404',
  });
});
