import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { version } from '../../dsl/version.ts';
import type { Log } from '../log.ts';
import { openCollector } from './collector.ts';
import { otlpBody, type Span } from './otlp.ts';
import type { TracesPlace } from './place.ts';
import type { Traces } from './port.ts';

export interface TracesOptions {
  /** Of the database (engine/served.ts): who shares it shares its traces. */
  identity: string;
  log: Log;
  /** Milliseconds since 1970. */
  now?: () => number;
  every?: number;
}

/** Traces of what runs through this process, sent to a collector of OpenTelemetry.
 *
 *     submit g7 (whoever was asked) ─┬─ job trim (some worker) ─┬─ wait · inputs · work · store · publish
 *                                    └─ job grade (another) ────┴─ …
 *
 * Nothing travels with the work: the trace and its root follow from the database and the run, which every worker knows. */
export function openTraces(place: TracesPlace, options: TracesOptions): Traces & AsyncDisposable {
  const { identity, log, now = Date.now, every } = options;
  const sender = { service: place.service, version, host: hostname(), pid: process.pid };
  const collector = openCollector({
    ...{ ...place, body: (spans) => otlpBody(spans, sender), ...(every === undefined ? {} : { every }) },
    trouble: (message, cause) => log.write('warn', message, {}, cause),
  });
  const rootOf = (run: number) => {
    const digits = createHash('sha256').update(`${identity} run ${run}`).digest('hex');
    return { trace: digits.slice(0, 32), id: digits.slice(32, 48) };
  };
  return {
    submitting() {
      const from = now();
      return ({ run, group, workspace, jobs }) => {
        const attributes = {
          'watchai.group': `g${group}`,
          'watchai.workspace': workspace,
          'watchai.jobs': jobs,
        };
        collector.add({
          ...{ ...rootOf(run), parent: null, name: 'submit', kind: 'producer', from, to: now() },
          ...{ attributes, error: null },
        });
      };
    },
    working(job) {
      const from = now();
      const { trace, id: parent } = rootOf(job.run);
      const id = newId();
      const part = (name: string, began: number, ended: number, error: string | null = null): Span => ({
        ...{ trace, id: newId(), parent: id, name, kind: 'internal', from: began, to: ended },
        ...{ attributes: {}, error },
      });
      collector.add(part('wait', from - job.waited * 1000, from));
      return {
        async during(name, work) {
          const began = now();
          let error: string | null = 'it did not end well';
          try {
            const result = await work();
            error = null;
            return result;
          } finally {
            collector.add(part(name, began, now(), error));
          }
        },
        ended({ how, code }) {
          collector.add({
            ...{ trace, id, parent, name: `job ${job.operation}`, kind: 'consumer', from, to: now() },
            attributes: {
              ...{ 'watchai.job': `j${job.number}`, 'watchai.group': `g${job.group}` },
              ...{
                'watchai.workspace': job.workspace,
                'watchai.verb': job.operation,
                'watchai.lane': job.lane,
              },
              ...{ 'watchai.attempt': job.attempts, 'watchai.outcome': how },
              'watchai.segment': job.arguments.part !== undefined,
              ...(code === null ? {} : { 'watchai.code': code }),
            },
            error: how === 'failed' ? (code ?? how) : null,
          });
        },
      };
    },
    [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose](),
  };
}

function newId(): string {
  return randomBytes(8).toString('hex');
}
