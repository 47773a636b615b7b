import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an answer goes wrong: an error, silence, half of the body, all of it but one bit, or done and not said. */
export type Fault =
  | { status: number; code: string }
  | 'silence'
  | 'cut'
  | 'flip'
  | 'lose'
  /** The bytes of the request arrive with one bit changed. */
  | 'hurt';

export interface Asked {
  method: string;
  key: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

export interface FakeS3 extends AsyncDisposable {
  endpoint: string;
  /** By key. */
  objects: Map<string, { body: Buffer; at: number }>;
  uploads: Map<string, { key: string; at: number; parts: Map<number, Buffer> }>;
  asked: Asked[];
  /** Asked before each answer. */
  fault: (asked: Asked) => Fault | undefined;
}

/** A small server that speaks as much of S3 as we do, in memory, with conditional writes and checksums, and goes wrong as it is told. The one
 * bucket is `films`. */
export async function fakeS3(): Promise<FakeS3> {
  const fake: Omit<FakeS3, 'endpoint' | keyof AsyncDisposable> = {
    objects: new Map(),
    uploads: new Map(),
    asked: [],
    fault: () => undefined,
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const asked = {
      method: request.method ?? '',
      key: rest.join('/'),
      query: url.searchParams,
      headers: request.headers,
    };
    fake.asked.push(asked);
    const fault = fake.fault(asked);
    const body = await bodyOf(request).catch(() => null);
    if (body === null || fault === 'silence') return;
    if (typeof fault === 'object') return fail(response, fault.status, fault.code);
    if (bucket !== 'films') return fail(response, 404, 'NoSuchBucket');
    if (fault === 'hurt' && body.length > 0) body[0] = (body[0] ?? 0) ^ 1;
    const sum = request.headers['x-amz-checksum-sha256'];
    if (sum !== undefined && sum !== createHash('sha256').update(body).digest('base64'))
      return fail(response, 400, 'BadDigest');
    if (fault === 'lose') {
      answer(fake, asked, body);
      response.destroy();
      return;
    }
    send(response, asked, answer(fake, asked, body), fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...fake,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get fault() {
      return fake.fault;
    },
    set fault(fault) {
      fake.fault = fault;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

type Held = Pick<FakeS3, 'objects' | 'uploads'>;

function answer(held: Held, asked: Asked, body: Buffer): Answer {
  const { method, key, query } = asked;
  const upload = query.get('uploadId');
  if (method === 'GET' && query.has('list-type')) return list(held, query);
  if (method === 'GET' && query.has('uploads')) return listUploads(held, query);
  if (method === 'POST' && query.has('uploads')) {
    const id = crypto.randomUUID();
    held.uploads.set(id, { key, at: Date.now(), parts: new Map() });
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (upload !== null) return ofUpload(held, asked, upload, body);
  if (method === 'PUT') return put(held, asked, body);
  const found = held.objects.get(key);
  if (method === 'DELETE') {
    held.objects.delete(key);
    return { status: 204 };
  }
  if (found === undefined) return problem(404, 'NoSuchKey');
  const from = Number(/^bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
  if (from > 0 && from >= found.body.length) return problem(416, 'InvalidRange');
  const headers = { 'last-modified': new Date(found.at).toUTCString(), etag: tagOf(found.body) };
  return { status: from > 0 ? 206 : 200, headers, body: found.body.subarray(from) };
}

function put(held: Held, { key, headers }: Asked, body: Buffer): Answer {
  if (headers['if-none-match'] === '*' && held.objects.has(key)) return problem(412, 'PreconditionFailed');
  held.objects.set(key, { body, at: Date.now() });
  return { status: 200, headers: { etag: tagOf(body) } };
}

function ofUpload(held: Held, asked: Asked, id: string, body: Buffer): Answer {
  const upload = held.uploads.get(id);
  if (upload === undefined) return problem(404, 'NoSuchUpload');
  if (asked.method === 'PUT') {
    upload.parts.set(Number(asked.query.get('partNumber')), body);
    return { status: 200, headers: { etag: tagOf(body) } };
  }
  if (asked.method === 'DELETE') {
    held.uploads.delete(id);
    return { status: 204 };
  }
  const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => Number(number));
  const parts = numbers.map((number) => upload.parts.get(number));
  if (parts.includes(undefined)) return problem(400, 'InvalidPart');
  const stored = put(held, asked, Buffer.concat(parts as Buffer[]));
  if (stored.status !== 200) return stored;
  held.uploads.delete(id);
  return xml('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
}

function list({ objects }: Held, query: URLSearchParams): Answer {
  const after = query.get('continuation-token') ?? '';
  const most = Number(query.get('max-keys') ?? 1000);
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const rest = keys.filter((key) => key > after);
  const page = rest.slice(0, most);
  const entries = page.map((key) => {
    const { body, at } = objects.get(key) as { body: Buffer; at: number };
    return `<Contents><Key>${key}</Key><Size>${body.length}</Size><LastModified>${new Date(at).toISOString()}</LastModified></Contents>`;
  });
  const more = rest.length > page.length;
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return xml(
    `<ListBucketResult><IsTruncated>${more}</IsTruncated>${entries.join('')}${next}</ListBucketResult>`,
  );
}

function listUploads({ uploads }: Held, query: URLSearchParams): Answer {
  const after = query.get('upload-id-marker') ?? '';
  const most = Number(query.get('max-uploads') ?? 1000);
  const ids = [...uploads.keys()].sort().filter((id) => id > after);
  const page = ids.slice(0, most);
  const entries = page.map((id) => {
    const { key, at } = uploads.get(id) as { key: string; at: number };
    return `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${new Date(at).toISOString()}</Initiated></Upload>`;
  });
  const next = `<NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>${page.at(-1)}</NextUploadIdMarker>`;
  const more = ids.length > page.length;
  return xml(
    `<ListMultipartUploadsResult><IsTruncated>${more}</IsTruncated>${more ? next : ''}${entries.join('')}</ListMultipartUploadsResult>`,
  );
}

function send(
  response: ServerResponse,
  { method }: Asked,
  { status, headers = {}, body = '' }: Answer,
  fault: Fault | undefined,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (method === 'HEAD') response.end();
  else if (fault === 'cut')
    response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 20));
  else {
    if (fault === 'flip') bytes[0] = (bytes[0] ?? 0) ^ 1;
    response.end(bytes);
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  const { headers, body = '' } = problem(status, code);
  response.writeHead(status, headers);
  response.end(body);
}

const xml = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});
const problem = (status: number, code: string): Answer =>
  xml(`<Error><Code>${code}</Code><Message>as told</Message></Error>`, status);
const tagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await request.toArray());
}
