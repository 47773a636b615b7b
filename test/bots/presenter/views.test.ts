import { expect, test } from 'vitest';

import type { Card, CardJob } from '../../../bots/card.ts';
import { buttonRows } from '../../../bots/presenter/card-buttons.ts';
import type { CardMedia, CardView } from '../../../bots/presenter/card-view.ts';
import {
  answersView,
  answerView,
  explanationView,
  questionView,
} from '../../../bots/presenter/views/answer-view.ts';
import { refusalView, refusedView } from '../../../bots/presenter/views/refusal-view.ts';
import { type RunTold, runView } from '../../../bots/presenter/views/run-view.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { helpOf } from '../../../dsl/help.ts';
import type { Answer } from '../../../engine/answer.ts';
import { compiled } from '../../dsl/compiling.ts';
import { clipFacts } from '../../fakes/chat.ts';
import { jobOf, planOf } from '../../fakes/engine.ts';
import { drawPlain } from './draw-plain.ts';

const job = (id: string, state: CardJob['state'], more: Partial<CardJob> = {}): CardJob => ({
  ...jobOf(id, state),
  ...{ fraction: state === 'done' ? 1 : 0, fps: null, secondsLeft: null, note: null, facts: null },
  ...{ path: null, url: null, notes: [], words: [], problem: null },
  ...more,
});

const cardOf = (jobs: CardJob[], more: Partial<Card> = {}): Card => ({
  ...{ group: 'g7', jobs, state: 'running', seconds: null, recalled: 0, ran: 0 },
  ...more,
});

const film: CardMedia = {
  ...{
    id: 'v12',
    hash: 'ab'.repeat(32),
    kind: 'video',
    name: 'v12.mp4',
    bytes: clipFacts.bytes,
    facts: clipFacts,
  },
  ...{ preview: null, link: null },
};

const tokens = new Map(
  ['cancel', 'rerun', 'vary', 'upscale', 'stitch', 'pql', 'delete'].map((each) => [each, each]),
);

/** A card of a run as a chat would show it. */
function shown(card: Card, more: Partial<RunTold> = {}): string {
  const media = more.media ?? null;
  return drawPlain(
    runView({
      ...{
        card,
        asked: '42',
        pql: 'GENERATE "a lighthouse" | ENHANCE UPSCALE 2x AS light;',
        waiting: null,
        unserved: [],
      },
      ...{ cost: {}, asIs: new Set<string>(), media, buttons: buttonRows(card, media, tokens) },
      ...more,
    }),
  );
}

const generate = { title: 'GENERATE "a lighthouse"' };
const enhance = { operation: 'enhance', title: 'ENHANCE UPSCALE 2x', lane: 'gpu' } as const;

test('waiting: where it stands in line, of whom, and about when it starts', () => {
  expect(
    shown(cardOf([job('j1', 'ready', generate), job('j2', 'blocked', enhance)]), {
      waiting: {
        job: 'j1',
        lane: 'cpu',
        because: 'turn',
        ahead: { own: 1, here: 1, elsewhere: 0 },
        seconds: 95,
      },
    }),
  ).toMatchSnapshot();
});

test('waiting: nobody is there who could do it', () => {
  expect(
    shown(cardOf([job('j1', 'ready', enhance)]), {
      unserved: ['nobody serves lane gpu: start a worker with pql worker --lanes gpu'],
      waiting: { job: 'j1', lane: 'gpu', because: 'limit' },
    }),
  ).toMatchSnapshot();
});

test('running: what runs, how far, how fast, how long still', () => {
  expect(
    shown(
      cardOf([
        job('j1', 'done', { ...generate, result: 'v11' }),
        job('j2', 'running', { ...enhance, fraction: 0.42, fps: 31.4, secondsLeft: 7.6 }),
      ]),
    ),
  ).toMatchSnapshot();
});

test('running: ten thousand jobs are a few lines, quickly', () => {
  const jobs = Array.from({ length: 10_000 }, (_, n) =>
    job(`j${n + 1}`, n < 4000 ? 'done' : n < 4012 ? 'running' : 'blocked', {
      title: `ENHANCE v${n} UPSCALE 2x`,
      fraction: n < 4000 ? 1 : n < 4012 ? 0.5 : 0,
    }),
  );
  jobs[4001]!.state = 'ready';
  jobs[4001]!.problem = {
    code: 'PQL623',
    message: 'ffmpeg was killed',
    hint: null,
    willRetry: true,
    attempt: 1,
  };
  expect(shown(cardOf(jobs))).toMatchSnapshot();
});

test('done: the film, what it is, what it cost, and what to press next', () => {
  expect(
    shown(
      cardOf(
        [
          job('j1', 'done', {
            ...generate,
            result: 'v11',
            facts: clipFacts,
            notes: ['no unicorn was drawn: say it in other words'],
          }),
          job('j2', 'done', { ...enhance, result: 'v12', facts: clipFacts }),
          job('j3', 'done', {
            operation: 'export',
            title: 'TO out/light.mp4',
            path: '/srv/pql/exports/discord-1/out/light.mp4',
          }),
        ],
        { state: 'done', seconds: 12.5, ran: 2 },
      ),
      { media: film, cost: { cpu: 8.2, gpu: 3.14 } },
    ),
  ).toMatchSnapshot();
});

test('done: everything was made before', () => {
  const jobs = [
    job('j1', 'done', { ...generate, result: 'v12', recalled: true, facts: clipFacts }),
    job('j2', 'done', { operation: 'fit', title: 'a preview of at most 10 MB' }),
  ];
  expect(
    shown(cardOf(jobs, { state: 'done', seconds: 0.1, recalled: 1 }), { media: film }),
  ).toMatchSnapshot();
});

test('done: a text, as a table', () => {
  const jobs = [
    job('j1', 'done', {
      operation: 'shots',
      title: 'SHOTS v1',
      result: 't1',
      words: ['shot  from   to', '1     0.0s   2.1s', '2     2.1s   4.0s'],
    }),
  ];
  const facts = { kind: 'text', container: 'application/json', bytes: 400 } as const;
  const media = { ...film, id: 't1', kind: 'text', name: 't1.json', bytes: 400, facts } as const;
  expect(shown(cardOf(jobs, { state: 'done', seconds: 1, ran: 1 }), { media })).toMatchSnapshot();
});

test('done: several films, the first of them told one by one', () => {
  const jobs = Array.from({ length: 6 }, (_, n) =>
    job(`j${n + 1}`, 'done', { title: 'GRADE LOOK noir', result: `v${n + 20}`, facts: clipFacts }),
  );
  const [media, ...more] = jobs.map(({ result }) => ({ ...film, id: result! }));
  expect(
    shown(cardOf(jobs, { state: 'done', seconds: 4, ran: 6 }), {
      ...{ media: media!, more, buttons: buttonRows(cardOf(jobs, { state: 'done' }), media!, tokens, true) },
    }),
  ).toMatchSnapshot();
});

test('failed: what, where, why, what to do, and what stays', () => {
  expect(
    shown(
      cardOf(
        [
          job('j1', 'done', { ...generate, result: 'v11' }),
          job('j2', 'failed', {
            ...enhance,
            problem: {
              code: 'PQL651',
              message: 'the network ran out of memory',
              hint: 'try UPSCALE 2x on a smaller clip',
              willRetry: false,
              attempt: 3,
            },
          }),
        ],
        { state: 'failed', seconds: 63, ran: 1 },
      ),
      { cost: { cpu: 8.2, gpu: 41 } },
    ),
  ).toMatchSnapshot();
});

test('failed: what it made before stands on the card, by its id, and can be deleted', () => {
  const problem = {
    code: 'PQL661',
    message: 'example.org is away',
    hint: null,
    willRetry: false,
    attempt: 3,
  };
  const card = cardOf(
    [
      job('j1', 'done', { ...generate, result: 'v12' }),
      job('j2', 'failed', { operation: 'notify', title: 'NOTIFY https://example.org', problem }),
    ],
    { state: 'failed', seconds: 14, ran: 1 },
  );
  const text = shown(card, { media: film, buttons: buttonRows(card, film, tokens) });
  expect(text).toContain('v12: 1280x720, 24 fps, 4s, 3.1 MB, made before');
  expect(text).toMatch(/Try again.*Show PQL.*Delete/);
  expect(shown(card, { media: null, buttons: buttonRows(card, null, tokens) })).not.toContain('Delete');
});

test('cancelled: what stays', () => {
  const jobs = [job('j1', 'done', { ...generate, result: 'v11' }), job('j2', 'cancelled', enhance)];
  expect(shown(cardOf(jobs, { state: 'cancelled', seconds: 5, ran: 1 }))).toMatchSnapshot();
});

test('cancelled before anything was finished: what it cost, and no jobs that "ran"', () => {
  const jobs = [job('j1', 'cancelled', generate), job('j2', 'cancelled', enhance)];
  const card = cardOf(jobs, { state: 'cancelled', seconds: 1, ran: 0 });
  expect(shown(card, { cost: { cpu: 0.66 } })).toContain('nothing was finished; it took 660ms of processor');
  expect(shown(card)).toContain('nothing ran');
});

test('refused: each mistake with its caret', () => {
  const source = 'ENHANCE v12 UPSCALE 4 DENOISE lots';
  expect(drawPlain(refusalView(source, compiled(source).diagnostics, { fixed: 'fix' }))).toMatchSnapshot();
});

test('refused: text that runs the other way, and emoji', () => {
  const source = 'GENERATE "مرحبا بالعالم 👨‍👩‍👧‍👦" DURATION 4 SIZE 🎬';
  expect(drawPlain(refusalView(source, compiled(source).diagnostics))).toMatchSnapshot();
});

test('nothing of a long answer or refusal is cut off: its title ends where a sentence does', () => {
  const text =
    'r2 asks for it: two moderators have to approve, neither of them you. FIND REQUEST r2 shows how far it is.';
  const answer = { type: 'text', text, title: null, format: 'plain' } as const;
  expect(answerView('GRANT', answer, new Date(0)).view).toMatchObject({
    title: 'r2 asks for it: two moderators have to approve, neither of them you.',
    lines: ['FIND REQUEST r2 shows how far it is.'],
  });
  const long = `roles.moderator: ${'x'.repeat(90)} is no id of a role`;
  expect(refusedView('PQL450', long, 'ids of roles')).toMatchObject({
    title: 'PQL450 roles.moderator',
    lines: [`${'x'.repeat(90)} is no id of a role`, 'ids of roles'],
  });
  const endless = 'y'.repeat(150);
  expect(refusedView(null, endless, null)).toMatchObject({ title: `${'y'.repeat(99)}…`, lines: [endless] });
});

test('refused: by a quota', () => {
  expect(
    drawPlain(refusedView('PQL520', 'you have used your 60 minutes of today', 'try again after midnight')),
  ).toMatchSnapshot();
});

test('a question says what would go', () => {
  expect(
    drawPlain(
      questionView(
        'Remove g7? Files written by TO stay where they are.',
        ['g7 with its 2 jobs', 'v12 (light), 3.1 MB'],
        { yes: 'y', no: 'n' },
        'Remove',
      ),
    ),
  ).toMatchSnapshot();
});

const now = new Date(2026, 10, 28, 12);
const table = (rows: number): Extract<Answer, { type: 'table' }> => ({
  type: 'table',
  title: 'Groups',
  columns: [
    { name: 'group', type: 'id' },
    { name: 'state', type: 'state' },
    { name: 'statement', type: 'pql' },
    { name: 'asked', type: 'time' },
  ],
  rows: Array.from({ length: rows }, (_, n) => [
    `g${rows - n}`,
    'done',
    `GENERATE "a lighthouse by the sea at dusk, number ${n}, with waves"`,
    '2026-11-22T14:03:00',
  ]),
  total: 1234,
  hint: `1–${rows} of 1234; PAGE 2 shows more`,
});

test('an answer is a table that a phone shows', () => {
  expect(drawPlain(answerView('SHOW GROUPS', table(3), now).view)).toMatchSnapshot();
});

test('a long answer comes in parts that together are all of it, each within what chats take', () => {
  const seen: string[] = [];
  for (let from: number | null = 0, parts = 0; from !== null; parts += 1) {
    const { view, next } = answerView('SHOW GROUPS', table(50), now, from);
    expect(view.block!.length).toBeLessThanOrEqual(2400);
    const [head, ...rows] = view.block!.split('\n');
    expect(head).toMatch(/^group +state +statement/);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(76);
    seen.push(...rows.map((row) => row.split(' ')[0]!));
    expect(view.footnote).toMatch(
      next === null ? /of 50 lines\. 1–50 of 1234; PAGE 2 shows more$/ : /^1–\d+ of 50 lines\./,
    );
    expect(parts).toBeLessThan(5);
    from = next;
  }
  expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => `g${50 - n}`));
  const help = { type: 'text', title: null, text: helpOf('generate', catalogue)!, format: 'plain' } as const;
  expect(answerView('HELP GENERATE', help, now).view.block!.length).toBeLessThanOrEqual(2400);
});

test('several answers are one', () => {
  const set = answerView(
    'SET running.asker 2',
    { type: 'text', title: null, text: 'running.asker is 2 now', format: 'plain' },
    now,
  );
  expect(drawPlain(answersView([set.view, answerView('SHOW GROUPS', table(1), now).view]))).toMatchSnapshot();
});

test('what would run is explained', () => {
  const plan = planOf('GENERATE "fog"');
  const explanation = {
    plan,
    steps: [
      {
        step: 's1',
        lane: 'cpu',
        verdict: 'runs',
        reason: 'never made',
        result: null,
        expected: { seconds: 4.2, bytes: 3_000_000, from: 9 },
      },
    ],
    totals: { seconds: 4.2, lanes: { cpu: 4.2 }, unknown: 0, bytes: 3_000_000, free: null },
  } as const;
  expect(
    drawPlain(
      explanationView('GENERATE "fog"', { ...explanation, steps: [...explanation.steps] }, null).view,
    ),
  ).toMatchSnapshot();
});

test('whatever people wrote, a card stays within its limits and shows nothing that is hidden', () => {
  const nasty = `${'𝓑'.repeat(3000)}\u202e\u0000\u200b\n@everyone \`\`\` <@1> 👨‍👩‍👧‍👦`.repeat(2);
  const jobs = Array.from({ length: 40 }, (_, n) =>
    job(`j${n}`, 'failed', {
      title: nasty,
      notes: [nasty],
      problem: { code: 'PQL600', message: nasty, hint: nasty, willRetry: false, attempt: 1 },
    }),
  );
  const done = jobs.map((each) => ({
    ...each,
    state: 'done' as const,
    problem: null,
    url: nasty,
    words: [nasty],
  }));
  const views: CardView[] = (
    [
      [jobs, 'failed'],
      [done, 'done'],
    ] as const
  ).map(([all, state]) =>
    runView({
      card: cardOf([...all], { state, seconds: 1 }),
      asked: '42',
      pql: nasty,
      waiting: null,
      unserved: [nasty],
      cost: {},
      asIs: new Set(),
      media: film,
      buttons: [],
    }),
  );
  for (const view of views) {
    expect(view.title.length).toBeLessThanOrEqual(100);
    expect(view.pql!.length).toBeLessThanOrEqual(1000);
    expect(view.lines.length).toBeLessThanOrEqual(12);
    for (const line of view.lines) expect(line.length).toBeLessThanOrEqual(300);
    expect(view.block?.length ?? 0).toBeLessThanOrEqual(2400);
    expect(JSON.stringify(view)).not.toMatch(/[\u202e\u200b]|\\u0000/);
    expect(JSON.stringify(view).isWellFormed()).toBe(true);
  }
});
