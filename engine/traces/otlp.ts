import type { Json } from '../../dsl/json.ts';

/** A stretch of time, as OpenTelemetry knows it: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. */
export interface Span {
  /** 32 and 16 hexadecimal digits. */
  trace: string;
  id: string;
  parent: string | null;
  name: string;
  /** `producer` hands work on, `consumer` takes it up, later and elsewhere. */
  kind: 'internal' | 'producer' | 'consumer';
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  attributes: Readonly<Record<string, string | number | boolean>>;
  /** Why it is no success; null for one. */
  error: string | null;
}

/** Who sends spans. */
export interface Sender {
  service: string;
  version: string;
  /** Name of the machine and number of the process. */
  host: string;
  pid: number;
}

/** Spans as the body of a request to a collector. */
export function otlpBody(spans: readonly Span[], { service, version, host, pid }: Sender): Json {
  const resource = {
    'service.name': service,
    'service.version': version,
    'host.name': host,
    'process.pid': pid,
  };
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'watchai', version }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
}

const kinds = { internal: 1, producer: 4, consumer: 5 } as const;

function otlpSpan(span: Span): Json {
  return {
    ...{
      traceId: span.trace,
      spanId: span.id,
      ...(span.parent === null ? {} : { parentSpanId: span.parent }),
    },
    ...{ name: span.name, kind: kinds[span.kind] },
    ...{
      startTimeUnixNano: nanoseconds(span.from),
      endTimeUnixNano: nanoseconds(Math.max(span.from, span.to)),
    },
    attributes: attributesOf(span.attributes),
    status: span.error === null ? {} : { code: 2, message: span.error },
  };
}

function attributesOf(attributes: Span['attributes']): Json[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: typed(value) }));
}

/** 64-bit numbers are texts in this format. */
function typed(value: string | number | boolean): Json {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** Beyond what a number holds exactly, so in two parts. */
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1e6)));
}
