import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { version } from '../../dsl/version.ts';
import { bounded } from '../store/bounded.ts';
import type { Store } from '../store/port.ts';
import { type Depth, readDepth, readHoldings } from './depth.ts';
import type { Metrics } from './port.ts';
import { sampled } from './sampled.ts';

export interface Prometheus {
  metrics: Metrics;
  /** MIME type of `text`. */
  type: string;
  /** Everything in the text format (https://prometheus.io/docs/instrumenting/exposition_formats). */
  text(): Promise<string>;
}

/** Seconds: what people notice, up to what they would not wait for. */
const waits = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 1800];
const runs = [0.05, 0.25, 1, 5, 15, 60, 300, 1800, 7200];

/** Counts what happens in this process and asks the database how the queue stands when somebody looks. */
export function openPrometheus(store: Store, now = () => performance.now()): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `watchai_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `watchai_${name}`, help, labelNames, registers });

  gauge('info', 'The version that runs; always 1.', 'version').set({ version }, 1);
  const ended = counter('jobs_ended_total', 'Jobs that ended in this process, by how.', 'verb', 'how');
  const failures = counter(
    'job_failures_total',
    'Tries that failed in this process, by kind.',
    'verb',
    'kind',
  );
  const hits = counter(
    'cache_hits_total',
    'Jobs done by recalling equal work, without doing it again.',
    'verb',
  );
  const misses = counter('cache_misses_total', 'Jobs whose work had to be done.', 'verb');
  const gpu = counter('gpu_seconds_total', 'Seconds that jobs of the gpu lane were in hand in this process.');
  const lost = counter('leases_lost_total', 'Leases that lapsed and were taken back by this process.');
  const sent = counter(
    'egress_requests_total',
    'Requests that went out of this process.',
    'method',
    'result',
  );
  const wait = new Histogram({
    ...{ name: 'watchai_job_wait_seconds', help: 'From ready to claimed in this process.' },
    ...{ labelNames: ['lane'], buckets: waits, registers },
  });
  const took = new Histogram({
    ...{
      name: 'watchai_job_run_seconds',
      help: 'From claimed to done in this process; recalled work is left out.',
    },
    ...{ labelNames: ['verb'], buckets: runs, registers },
  });
  let beat: number | null = null;
  const age = gauge('heartbeat_age_seconds', 'Since the lanes of this process last gave a sign of life.');
  const jobs = gauge('jobs', 'Jobs that are not finished, of the whole database.', 'lane', 'state');
  const oldest = gauge('oldest_ready_seconds', 'For how long the first ready job has been waiting.', 'lane');
  const bytes = gauge('artifacts_bytes', 'Bytes of all artifacts, by their rows.');
  const artifacts = gauge('artifacts', 'How many artifacts there are, by their rows.');
  const up = gauge('database_up', 'Whether the database answered in time when this was asked.');
  collectDefaultMetrics({ register: registry });

  const depth = sampled(() => bounded(store, 2000, readDepth), { age: 3000, patience: 2000, now });
  const holdings = sampled(() => bounded(store, 2000, readHoldings), { age: 60_000, patience: 2000, now });

  const showDepth = (rows: readonly Depth[] | null) => {
    up.set(rows === null ? 0 : 1);
    jobs.reset();
    oldest.reset();
    if (rows === null) return;
    // Nothing there is a number, too.
    for (const lane of ['gpu', 'cpu', 'net'] as const) {
      for (const state of ['blocked', 'ready', 'running'] as const) jobs.set({ lane, state }, 0);
      oldest.set({ lane }, 0);
    }
    for (const row of rows) {
      jobs.set({ lane: row.lane, state: row.state }, row.jobs);
      if (row.oldest !== null) oldest.set({ lane: row.lane }, row.oldest);
    }
  };

  return {
    type: registry.contentType,
    metrics: {
      claimed: ({ lane, waited }) => wait.observe({ lane }, Math.max(0, waited)),
      ended({ operation: verb, lane }, how, kind, seconds) {
        ended.inc({ verb, how });
        if (kind !== null) failures.inc({ verb, kind });
        if (how === 'recalled') hits.inc({ verb });
        if (how === 'done') misses.inc({ verb });
        if (how === 'done') took.observe({ verb }, seconds);
        if (lane === 'gpu') gpu.inc(seconds);
      },
      recalled: (verb) => hits.inc({ verb }),
      alive(leases) {
        beat = now();
        lost.inc(leases);
      },
      sent: (method, result) => sent.inc({ method, result }),
    },
    async text() {
      const [rows, held] = await Promise.all([depth(), holdings()]);
      showDepth(rows);
      show(bytes, held?.bytes);
      show(artifacts, held?.artifacts);
      show(age, beat === null ? undefined : (now() - beat) / 1000);
      return registry.metrics();
    },
  };
}

/** What is not known is left out: nought would say something else. */
function show(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}
