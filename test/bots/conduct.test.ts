import { expect, test } from 'vitest';

import { type Audience, conduct } from '../../bots/conduct.ts';
import type { Asker } from '../../engine/asker.ts';
import { Failure } from '../../engine/failure.ts';
import { commandOf, fakeEngine, jobOf, planOf } from '../fakes/engine.ts';

const asker: Asker = {
  workspace: 'local',
  user: 'ann',
  roles: ['admin'],
  importRoot: '/',
  exportRoot: '/tmp',
};

function recorder(yes = true): Audience & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    diagnostics: (_source, all) => void said.push(...all.map((one) => one.code)),
    answer: (command, answer) => void said.push(`${command.text}: ${answer.type}`),
    explained: (text) => void said.push(`explained ${text}`),
    analysed: (text, { group }) => void said.push(`analysed ${text} in ${group}`),
    event: (event) => void said.push(event.type),
    confirm: async (_command, question) => {
      said.push(question);
      return yes;
    },
  };
}

const done = { type: 'done', group: 'g1', state: 'done', seconds: 1, recalled: 0, ran: 1 } as const;

test('answers what comes before the work, works, then answers what comes after', async () => {
  const engine = fakeEngine({
    compiled: () => ({
      before: [{ type: 'command', command: commandOf('SET a 1') }],
      plan: planOf('GENERATE "fog"'),
      after: [{ type: 'command', command: commandOf('SHOW VIDEOS') }],
    }),
    events: [{ type: 'accepted', group: 'g1', jobs: [jobOf('j1')] }, done],
  });
  const audience = recorder();
  const outcome = await conduct('x', { engine, asker, audience, signal: new AbortController().signal });
  expect(outcome).toBe('done');
  expect(engine.calls).toEqual(['compile', 'command SET a 1', 'submit', 'watch', 'command SHOW VIDEOS']);
  expect(audience.said).toEqual(['SET a 1: text', 'accepted', 'done', 'SHOW VIDEOS: text']);
});

test('says of work that a limit refuses only when it is submitted what it says of the others', async () => {
  const engine = {
    ...fakeEngine({ compiled: () => ({ plan: planOf('GENERATE "fog"') }) }),
    async submit(): Promise<never> {
      throw new Failure('user', 'PQL521', 'you keep 2 GB, and 1 GB are allowed', { hint: 'REMOVE some' });
    },
  };
  const audience = recorder();
  const outcome = await conduct('x', { engine, asker, audience, signal: new AbortController().signal });
  expect([outcome, audience.said]).toEqual(['refused', ['PQL521']]);
});

test.each([
  [['PQL204'], 'wrong'],
  [['PQL501'], 'refused'],
  [['PQL501', 'PQL301'], 'wrong'],
] as const)('runs nothing of a text with %j and calls it %s', async (codes, outcome) => {
  const engine = fakeEngine({
    compiled: () => ({
      plan: planOf('GENERATE'),
      diagnostics: codes.map((code) => ({ code, message: 'm', span: { start: 0, end: 1 } })),
    }),
  });
  const audience = recorder();
  expect(await conduct('x', { engine, asker, audience, signal: new AbortController().signal })).toBe(outcome);
  expect(engine.calls).toEqual(['compile']);
  expect(audience.said).toEqual(codes);
});

test.each([
  [true, ['command REMOVE v1', 'command REMOVE v1 confirmed'], 'done'],
  [false, ['command REMOVE v1'], 'refused'],
] as const)('asks before a destructive command: %s', async (yes, calls, outcome) => {
  const engine = fakeEngine({
    compiled: () => ({ before: [{ type: 'command', command: commandOf('REMOVE v1', true) }] }),
    answer: (_command, confirmed) =>
      confirmed
        ? { type: 'text', title: null, text: 'gone', format: 'plain' }
        : { type: 'confirm', question: 'Remove v1?', touches: ['v1'] },
  });
  const audience = recorder(yes);
  expect(await conduct('x', { engine, asker, audience, signal: new AbortController().signal })).toBe(outcome);
  expect(engine.calls).toEqual(['compile', ...calls]);
});

test('cancels the run when its signal aborts and calls it interrupted', async () => {
  const stop = new AbortController();
  const engine = fakeEngine({
    compiled: () => ({
      plan: planOf('GENERATE "fog"'),
      after: [{ type: 'command', command: commandOf('SHOW VIDEOS') }],
    }),
    events: [
      { type: 'accepted', group: 'g1', jobs: [jobOf('j1', 'running')] },
      (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve());
          stop.abort();
        }),
      done,
    ],
  });
  const audience = recorder();
  expect(await conduct('x', { engine, asker, audience, signal: stop.signal })).toBe('interrupted');
  expect(engine.calls).toEqual(['compile', 'submit', 'watch', 'cancel']);
  expect(audience.said).toEqual(['accepted', 'done']);
});

test('a failed job fails the script, a refused one makes it refused', async () => {
  for (const [code, outcome] of [
    ['PQL601', 'failed'],
    ['PQL503', 'refused'],
  ] as const) {
    const engine = fakeEngine({
      compiled: () => ({ plan: planOf('GENERATE "fog"') }),
      events: [
        { type: 'accepted', group: 'g1', jobs: [jobOf('j1')] },
        {
          type: 'failed',
          group: 'g1',
          job: 'j1',
          code,
          kind: 'user',
          message: 'm',
          hint: null,
          attempt: 1,
          willRetry: false,
        },
        { ...done, state: 'failed' },
      ],
    });
    const audience = recorder();
    expect(await conduct('x', { engine, asker, audience, signal: new AbortController().signal })).toBe(
      outcome,
    );
  }
});

test('explains instead of running when told so', async () => {
  const engine = fakeEngine({
    compiled: () => ({
      before: [{ type: 'command', command: commandOf('SHOW VIDEOS') }],
      plan: planOf('GENERATE "fog"'),
    }),
  });
  const audience = recorder();
  const outcome = await conduct('x', {
    engine,
    asker,
    audience,
    signal: new AbortController().signal,
    explainOnly: true,
  });
  expect(outcome).toBe('done');
  expect(engine.calls).toEqual(['compile', 'explain']);
  expect(audience.said).toEqual(['explained SHOW VIDEOS', 'explained GENERATE "fog"']);
});

test.each([
  'done',
  'failed',
] as const)('explains what is analysed before it runs and tells what was measured once it is %s', async (state) => {
  const plan = planOf('GENERATE "fog"');
  const engine = fakeEngine({
    compiled: () => ({
      plan,
      after: [
        { type: 'analyze', plan, text: 'GENERATE "fog"' },
        { type: 'command', command: commandOf('SHOW VIDEOS') },
      ],
    }),
    events: [{ ...done, state }],
  });
  const audience = recorder();
  const outcome = await conduct('x', { engine, asker, audience, signal: new AbortController().signal });
  expect(outcome).toBe(state);
  const told = ['done', 'analysed GENERATE "fog" in g1'];
  expect(audience.said).toEqual(state === 'done' ? [...told, 'SHOW VIDEOS: text'] : told);
  expect(engine.calls.slice(0, 5)).toEqual(['compile', 'explain', 'submit', 'watch', 'measure']);
});

test('an analysis among what is only explained runs nothing and is explained once', async () => {
  const plan = planOf('GENERATE "fog"');
  const engine = fakeEngine({
    compiled: () => ({ plan, after: [{ type: 'analyze', plan, text: 'GENERATE "fog"' }] }),
  });
  const audience = recorder();
  const { signal } = new AbortController();
  expect(await conduct('x', { engine, asker, audience, signal, explainOnly: true })).toBe('done');
  expect(engine.calls).toEqual(['compile', 'explain']);
  expect(audience.said).toEqual(['explained GENERATE "fog"']);
});

test('watches the work that a command starts again, and ends as it ends', async () => {
  const engine = fakeEngine({
    compiled: () => ({ before: [{ type: 'command', command: commandOf('RETRY g1') }] }),
    answer: () => ({ type: 'text', title: null, text: 'g1 runs again', format: 'plain', follow: 'g1' }),
    events: [{ ...done, state: 'failed' }],
  });
  const audience = recorder();
  expect(await conduct('x', { engine, asker, audience, signal: new AbortController().signal })).toBe(
    'failed',
  );
  expect(engine.calls).toEqual(['compile', 'command RETRY g1', 'watch']);
  expect(audience.said).toEqual(['RETRY g1: text', 'done']);
});
