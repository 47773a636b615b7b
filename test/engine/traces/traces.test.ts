import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../../engine/failure.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { watch } from '../../../engine/jobs/watch.ts';
import { openLog } from '../../../engine/log.ts';
import { openNews } from '../../../engine/news.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { openCollector } from '../../../engine/traces/collector.ts';
import { openTraces } from '../../../engine/traces/traces.ts';
import { startLanes } from '../../../workers/lanes.ts';
import { emptyFolder, runPql } from '../../bots/repl/spawn-pql.ts';
import { type FakeCollector, fakeCollector, type SentSpan } from '../../fakes/collector.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../../fakes/plan.ts';

let collector: FakeCollector;
let logged: string[];
beforeEach(async () => {
  collector = await fakeCollector();
  logged = [];
});
afterEach(() => collector[Symbol.asyncDispose]());

const log = () => openLog({ level: 'warn', sink: (line) => logged.push(line), now: () => 0 });
/** Of one process on the database `films`. */
const traces = (more: { every?: number } = {}) =>
  openTraces(
    { url: `${collector.url}/v1/traces`, headers: { 'x-key': 'opensesame' }, service: 'studio' },
    { identity: 'films', log: log(), ...more },
  );
const said = ({ attributes }: SentSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const named = (name: string) => collector.spans.filter((span) => span.name === name);

test('what a statement took is one trace, whoever was asked and whoever worked: submit, its jobs, their parts', async () => {
  await using store = await openMemoryStore();
  const folder = await mkdtemp(join(tmpdir(), 'pql-traces-'));
  const [asked, worked] = [traces(), traces()];
  const parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
  const lanes = await startLanes(
    { ...parts, traces: worked },
    {
      handlers: {
        probe: async (_, desk) => {
          const file = join(desk.scratch, 'made.txt');
          await writeFile(file, 'x');
          return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
        },
        trim: async () => {
          throw new Failure('user', 'PQL640', 'the clip of ada is cut short');
        },
      },
      ...{ slots: { cpu: 1 }, scratch: folder, worker: 'test', log: log() },
    },
  );
  const plan = planOf({ a: { title: 'PROBE secret harbour' }, b: { operation: 'trim', reads: ['a'] } });
  const { run } = await submit({ ...parts, traces: asked }, plan, askerIn('studio'));
  for await (const _ of watch(parts, run));
  for (const each of [lanes, asked, worked]) await each[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });

  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  const [root] = named('submit');
  expect(root).toMatchObject({ kind: 4, traceId: expect.stringMatching(/^[0-9a-f]{32}$/), status: {} });
  expect(said(root!)).toEqual({ 'watchai.group': 'g1', 'watchai.workspace': 'studio', 'watchai.jobs': '2' });
  const [probed, trimmed] = [named('job probe')[0]!, named('job trim')[0]!];
  for (const job of [probed, trimmed]) expect(job).toMatchObject({ kind: 5, parentSpanId: root!.spanId });
  expect(said(probed)).toMatchObject({
    'watchai.outcome': 'done',
    'watchai.job': 'j1',
    'watchai.segment': false,
  });
  expect(said(trimmed)).toMatchObject({ 'watchai.outcome': 'failed', 'watchai.code': 'PQL640' });
  expect(trimmed.status).toEqual({ code: 2, message: 'PQL640' });
  const below = (job: SentSpan) => collector.spans.filter(({ parentSpanId }) => parentSpanId === job.spanId);
  expect(below(probed).map(({ name }) => name)).toEqual(['wait', 'inputs', 'work', 'store', 'publish']);
  expect(below(trimmed).map(({ name }) => name)).toEqual(['wait', 'inputs', 'work']);
  for (const part of below(probed).slice(1)) {
    expect(BigInt(part.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(probed.startTimeUnixNano));
    expect(BigInt(part.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(probed.endTimeUnixNano));
  }
  expect(collector.headers[0]).toMatchObject({ 'x-key': 'opensesame' });
  expect(JSON.parse(collector.bodies[0]!).resourceSpans[0].resource.attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'studio' },
  });
  // Nothing of people or prompts.
  expect(collector.bodies.join()).not.toMatch(/\bada\b|harbour|cut short/);
});

test('a collector that is away costs nothing but spans, and is told of once until it is back', async () => {
  collector.answers(503);
  const open = traces({ every: 10 });
  const submitted = (run: number) => open.submitting()({ run, group: run, workspace: 'w', jobs: 1 });
  for (let run = 1; run <= 3000; run++) submitted(run);
  await expect.poll(() => collector.bodies.length).toBeGreaterThan(0);
  submitted(3001);
  await expect.poll(() => collector.bodies.length).toBeGreaterThan(1);
  expect(logged.map((line) => JSON.parse(line).message)).toEqual([
    `traces are not taken by ${new URL(collector.url).host}; the work goes on without them`,
  ]);
  collector.answers(200);
  submitted(3002);
  await open[Symbol.asyncDispose]();
  // Of those that were added the last ones are still there; older ones were refused with their dose, or found no room.
  expect(collector.spans.length).toBeGreaterThan(0);
  expect(collector.spans.length).toBeLessThan(3000);
  expect(logged.join()).not.toContain('opensesame');
});

test('a collector that takes a request and never answers holds nobody up who closes', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const body = () => null;
  const open = openCollector({
    url: `http://127.0.0.1:${port}`,
    headers: {},
    body,
    trouble() {},
    farewell: 50,
  });
  open.add({
    trace: '',
    id: '',
    parent: null,
    name: '',
    kind: 'internal',
    from: 0,
    to: 0,
    attributes: {},
    error: null,
  });
  await open[Symbol.asyncDispose]();
  silent.closeAllConnections();
  silent.close();
});

test('pql sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says, and none without', async () => {
  const folder = await emptyFolder();
  const clip = fileURLToPath(new URL('../../media/sintel-96x54.mp4', import.meta.url));
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, DATABASE_URL: '', REDIS_URL: '' };
  expect(await runPql(['-c', `PROBE "${clip}"`], folder, { env })).toMatchObject({ status: 0 });
  expect(collector.spans.map(({ name }) => name).sort()).toEqual(
    ['submit', 'job probe', 'wait', 'inputs', 'work', 'store', 'publish'].sort(),
  );
});
