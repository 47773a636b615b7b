import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { workerLog } from '../../../bots/repl/worker-log.ts';
import type { Claimed } from '../../../engine/jobs/claim.ts';

const job = {
  ...{ id: 900, number: 40, group: 7, workspace: 'films', operation: 'enhance', attempts: 2 },
  title: 'ENHANCE v3 UPSCALE 2x',
} as Claimed;

function logged(json: boolean): string {
  const out = new PassThrough();
  const log = workerLog({ out, now: () => new Date(0) }, json);
  log.begun({ id: 'render.1f', slots: { cpu: 2, gpu: 1 }, provider: 'cuda' });
  log.told({ type: 'started', job });
  const failure = { code: 'PQL640', message: 'the clip is cut short' };
  log.told({ type: 'ended', job, seconds: 2.71649, ending: { how: 'failed', failure } });
  log.told({ type: 'ended', job, seconds: 1, ending: null });
  log.told({ type: 'paused', why: 'only 1 GB of disk are free' });
  log.told({ type: 'resumed' });
  log.trouble('the queue server is away');
  log.draining(30_000);
  log.ended();
  return (out.read() as Buffer).toString();
}

test('a worker tells what it does, a line each', () => {
  expect(logged(false).replaceAll('1970-01-01T00:00:00.000Z ', '')).toMatchInlineSnapshot(`
    "render.1f works: cpu 2, gpu 1; networks run on cuda
    j40 of g7 in films started: ENHANCE v3 UPSCALE 2x
    j40 of g7 in films failed after 2.716 s: PQL640 the clip is cut short
    j40 of g7 in films lost after 1 s
    takes no more jobs for now: only 1 GB of disk are free
    takes jobs again
    the queue server is away
    takes no more jobs; what runs has 30 s to end, another signal ends it now
    gone; what was left is handed back
    "
  `);
});

test('a worker tells it as one JSON object a line', () => {
  const lines = logged(true)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ type }) => type)).toEqual(
    'begun started ended ended paused resumed trouble draining gone'.split(' '),
  );
  expect(lines[2]).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    type: 'ended',
    ...{ job: 'j40', group: 'g7', workspace: 'films', operation: 'enhance', attempt: 2 },
    ...{ how: 'failed', seconds: 2.716, code: 'PQL640', message: 'the clip is cut short' },
  });
});
