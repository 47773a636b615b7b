import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A span as a collector of OpenTelemetry is sent it. */
export interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, string | boolean> }[];
  status: { code?: number; message?: string };
}

/** A collector that takes traces by OTLP over HTTP as JSON, and nothing else. */
export interface FakeCollector extends AsyncDisposable {
  url: string;
  spans: SentSpan[];
  /** What came, as it came. */
  bodies: string[];
  headers: NodeJS.Dict<string | string[]>[];
  /** What it answers from now on; 200 at first. */
  answers(status: number): void;
}

export async function fakeCollector(): Promise<FakeCollector> {
  let status = 200;
  const spans: SentSpan[] = [];
  const bodies: string[] = [];
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const right =
      request.method === 'POST' &&
      request.url === '/v1/traces' &&
      request.headers['content-type'] === 'application/json';
    bodies.push(body);
    headers.push(request.headers);
    if (right && status === 200)
      for (const { scopeSpans } of JSON.parse(body).resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(right ? status : 404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    ...{ url: `http://127.0.0.1:${port}`, spans, bodies, headers },
    answers(next) {
      status = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
