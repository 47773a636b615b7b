import type { Json } from '../../dsl/json.ts';
import type { Span } from './otlp.ts';

/** Where spans are sent. */
export interface Collector extends AsyncDisposable {
  add(span: Span): void;
}

export interface CollectorOptions {
  url: string;
  headers: Readonly<Record<string, string>>;
  body(spans: readonly Span[]): Json;
  /** Is told why spans were not taken, once until some are. */
  trouble(message: string, cause?: unknown): void;
  /** Milliseconds between two requests, that one may take, and that closing may take. */
  every?: number;
  patience?: number;
  farewell?: number;
}

/** As many as are sent at once, and as many as are kept while nobody takes them: a collector that is away costs spans, never memory or time. */
const dose = 512;
const most = 2048;

/** Sends spans behind the back of whoever adds them, in doses; what is left when it closes goes out first. The operator chose the address, so
 * that it may be one of this machine or network, which the door for addresses of askers (engine/egress/) refuses. */
export function openCollector(options: CollectorOptions): Collector {
  const { url, headers, body, trouble, every = 5000, patience = 5000, farewell = 1000 } = options;
  let waiting: Span[] = [];
  let sending: Promise<void> | null = null;
  let well = true;
  const closing = new AbortController();

  const send = async () => {
    while (waiting.length > 0) {
      const spans = waiting.slice(0, dose);
      waiting = waiting.slice(dose);
      try {
        const { status } = await fetch(url, {
          ...{
            method: 'POST',
            redirect: 'error',
            signal: AbortSignal.any([AbortSignal.timeout(patience), closing.signal]),
          },
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body(spans)),
        });
        if (status >= 300) throw new Error(`it answered ${status}`);
        well = true;
      } catch (error) {
        if (well)
          trouble(`traces are not taken by ${new URL(url).host}; the work goes on without them`, error);
        well = false;
        // One that is away is not asked again for each dose.
        return;
      }
    }
  };
  const flush = () => {
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  };
  const timer = setInterval(() => void flush(), every);
  timer.unref();

  return {
    add(span) {
      if (waiting.length < most) waiting.push(span);
      if (waiting.length >= dose) void flush();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const late = setTimeout(() => closing.abort(), farewell);
      await sending;
      await flush();
      clearTimeout(late);
    },
  };
}
