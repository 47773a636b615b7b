import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colourPalette } from '../../../bots/palette.ts';
import { allot } from '../../../bots/top/allot.ts';
import { drawTop } from '../../../bots/top/draw-top.ts';
import { columnsOf } from '../../../bots/width.ts';
import type { ActiveRun, Overview } from '../../../engine/overview/overview.ts';

const head = {
  place: 'films@db:5432',
  now: new Date(2026, 10, 28, 14, 3, 22),
  trouble: null,
  keys: 'q ends',
};
const run = (number: number, more: Partial<ActiveRun> = {}): ActiveRun => ({
  ...{ workspace: 'local', group: `g${number}`, statement: `ENHANCE v${number} UPSCALE 2x` },
  ...{ jobs: 6, done: 3, seconds: 65.4, running: null, waits: '2 before it on gpu', ...more },
});
const overview: Overview = {
  lanes: [
    { lane: 'gpu', running: 1, slots: 1, ready: 4, blocked: 2, oldest: 91.2 },
    { lane: 'cpu', running: 1, slots: 4, ready: 0, blocked: 12, oldest: null },
    { lane: 'net', running: 0, slots: null, ready: 0, blocked: 0, oldest: null },
  ],
  workers: [
    {
      id: 'box-a.12ab',
      lanes: ['gpu', 'cpu'],
      state: 'works',
      jobs: 1,
      title: 'ENHANCE v1 UPSCALE 2x',
      seconds: 34.2,
    },
    { id: 'box-b.99ff', lanes: ['net'], state: 'silent', jobs: 0, title: null, seconds: null },
  ],
  runs: [
    run(1, {
      running: {
        job: 'j18',
        title: 'ENHANCE v1',
        lane: 'gpu',
        worker: 'box-a.12ab',
        seconds: 34.2,
        said: '34.0 s: 35 %',
      },
      waits: null,
    }),
    run(2, { workspace: 'slack-T1', statement: 'GENERATE "夜の港に灯台がある"\nTO \u{1b}[2J' }),
    ...[3, 4, 5, 6, 7, 8].map((number) => run(number)),
  ],
  more: false,
  failures: [
    {
      ...{
        workspace: 'local',
        group: 'g9',
        job: 'j40',
        title: 'TRIM v2[1s..3s]',
        kind: 'user',
        code: 'PQL641',
      },
      ...{ message: 'the clip ends in the middle of a frame', seconds: 8.4 },
    },
  ],
};

test('shows it all where there is room', () => {
  expect(drawTop(overview, head, { width: 120, height: 24 }).join('\n')).toMatchInlineSnapshot(`
    "14:03:22  2 running, 18 waiting  films@db:5432  q ends

    lane  runs  slots  ready  blocked  oldest
    gpu      1      1      4        2  1m 31s
    cpu      1      4      0       12
    net      0      ?      0        0

    workspace  run  statement                                    done     for  now
    local      g1   ENHANCE v1 UPSCALE 2x                  ━━━─── 3/6  1m 05s  j18 34s  34.0 s: 35 %
    slack-T1   g2   GENERATE "夜の港に灯台がある" TO �[2J  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g3   ENHANCE v3 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g4   ENHANCE v4 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g5   ENHANCE v5 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g6   ENHANCE v6 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g7   ENHANCE v7 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g8   ENHANCE v8 UPSCALE 2x                  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu

    worker      lanes    state    jobs  for  does
    box-a.12ab  gpu cpu  running     1  34s  ENHANCE v1 UPSCALE 2x
    box-b.99ff  net      silent      0

    workspace  failed  job  ago  code    why
    local      g9      j40   8s  PQL641  the clip ends in the middle of a frame (TRIM v2[1s..3s])"
  `);
});

test('fits a terminal of the usual size', () => {
  expect(drawTop(overview, head, { width: 79, height: 24 }).join('\n')).toMatchInlineSnapshot(`
    "14:03:22  2 running, 18 waiting  films@db:5432  q ends

    lane  runs  slots  ready  blocked  oldest
    gpu      1      1      4        2  1m 31s
    cpu      1      4      0       12
    net      0      ?      0        0

    workspace  run  statement               done     for  now
    local      g1   ENHANCE v1 UPSC…  ━━━─── 3/6  1m 05s  j18 gpu 34s
    slack-T1   g2   GENERATE "夜の…   ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g3   ENHANCE v3 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g4   ENHANCE v4 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g5   ENHANCE v5 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g6   ENHANCE v6 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g7   ENHANCE v7 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu
    local      g8   ENHANCE v8 UPSC…  ━━━─── 3/6  1m 05s  waits: 2 before it on gpu

    worker      lanes    state    jobs  for  does
    box-a.12ab  gpu cpu  running     1  34s  ENHANCE v1 UPSCALE 2x
    box-b.99ff  net      silent      0

    workspace  failed  job  ago  code    why
    local      g9      j40   8s  PQL641  the clip ends in the middle of a frame (T…"
  `);
});

test('keeps in a small one what matters most', () => {
  expect(drawTop(overview, head, { width: 39, height: 10 }).join('\n')).toMatchInlineSnapshot(`
    "14:03:22  2 running, 18 waitin…  q ends
    lane  runs  slots  ready  oldest
    gpu      1      1      4  1m 31s
    cpu      1      4      0
    net      0      ?      0
    run  statement        done  now
    g1   ENHANCE v1 UPS…   3/6  j18 gpu 34s
    … 7 more
    worker      state    for  does
    box-a.12ab  running  34s  ENHANCE v1 U…"
  `);
});

test('says in the first line what is wrong, above what was known last', () => {
  const lines = drawTop(
    overview,
    { ...head, trouble: 'the database does not answer' },
    { width: 60, height: 24 },
  );
  expect(lines[0]).toBe('14:03:22  the database does not answer');
  expect(lines.join('\n')).toContain('box-a.12ab');
});

test('says so when there is nothing', () => {
  const none = { ...overview, workers: [], runs: [], failures: [] };
  const text = drawTop(none, head, { width: 60, height: 24 }).join('\n');
  expect(text).toContain('nothing runs, and nothing waits');
  expect(text).toContain('nobody works');
});

test('cuts nothing where there is no end to the lines, as in a pipe', () => {
  const everything = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };
  const lines = drawTop(overview, { ...head, keys: null }, everything);
  expect(lines.filter((line) => /\bg\d\b/.test(line))).toHaveLength(9);
  expect(lines.join('\n')).not.toContain('…');
});

test('is never wider or higher than the terminal, nor moves its cursor, whatever people wrote', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.tuple(text, text, fc.integer({ min: 0, max: 1e6 })), { maxLength: 30 }),
      (width, height, texts) => {
        const hostile: Overview = {
          ...overview,
          runs: texts.map(([statement, workspace, seconds], at) =>
            run(at, { statement, workspace, seconds }),
          ),
          failures: texts.map(([message, title]) => ({ ...overview.failures[0]!, message, title })),
          workers: texts.map(([id, title]) => ({ ...overview.workers[0]!, id, title })),
        };
        const lines = drawTop(hostile, head, { width, height }, colourPalette);
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
          const plain = line.replace(/\x1b\[\d+m/g, '');
          expect(columnsOf(plain)).toBeLessThanOrEqual(width);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
          expect(plain).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('shares lines: the first has all it wants, nobody more than that, and nobody a head alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 80 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      (room, wanted) => {
        const given = allot(room, wanted);
        const sum = given.reduce((total, lines) => total + lines, 0);
        expect(sum).toBeLessThanOrEqual(room);
        if (room >= wanted[0]!) expect(given[0]).toBe(wanted[0]);
        for (const [index, lines] of given.entries()) {
          expect(lines).toBeLessThanOrEqual(wanted[index]!);
          if (wanted[index]! > 1) expect(lines).not.toBe(1);
        }
        // What is left over is wanted by nobody, or is less than a head and a row.
        const open = given.some((lines, index) => lines > 0 && lines < wanted[index]!);
        if (open) expect(sum).toBe(room);
      },
    ),
  );
});
