import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** A file to be answered with, streamed from the disk. */
export interface AnsweredFile {
  path: string;
  name: string;
  bytes: number;
  type: string;
  /** Of the content: equal tags are equal bytes. */
  tag: string;
}

/** Answers a GET or HEAD with a file or the one range of it that is asked for (RFC 9110 §14); anything else in `Range` is not heeded. */
export async function answerFile(
  request: Request,
  file: AnsweredFile,
  disposition: 'inline' | 'attachment',
): Promise<Response> {
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'content-type': file.type,
    'content-disposition': `${disposition}; ${namedAs(file.name)}`,
    // Whatever a file holds, a browser runs nothing of it.
    'content-security-policy': "default-src 'none'; sandbox",
    etag: `"${file.tag}"`,
  });
  const range = rangeOf(request, file);
  if (range === 'beyond') {
    headers.set('content-range', `bytes */${file.bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = range ?? { from: 0, to: file.bytes - 1 };
  headers.set('content-length', String(to - from + 1));
  if (range !== null) headers.set('content-range', `bytes ${from}-${to}/${file.bytes}`);
  const status = range === null ? 200 : 206;
  if (request.method === 'HEAD' || file.bytes === 0) return new Response(null, { status, headers });
  // Opened at once: what is removed from now on is read to its end nevertheless.
  const handle = await open(file.path);
  const stream = handle.createReadStream({ start: from, end: to, highWaterMark: 256 * 1024 });
  // Of a visitor who went away there is nothing to say.
  stream.on('error', () => {});
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
}

function rangeOf(
  request: Request,
  { bytes, tag }: AnsweredFile,
): { from: number; to: number } | 'beyond' | null {
  const condition = request.headers.get('if-range');
  if (condition !== null && condition !== `"${tag}"`) return null;
  const [, first = '', last = ''] =
    /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.headers.get('range') ?? '') ?? [];
  if (first === '' && last === '') return null;
  // The last so many bytes.
  if (first === '')
    return Number(last) === 0 ? 'beyond' : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 };
  if (last !== '' && Number(last) < Number(first)) return null;
  if (Number(first) >= bytes) return 'beyond';
  return { from: Number(first), to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}

/** The name twice (RFC 6266): in ASCII for old programs, and as it is. */
export function namedAs(name: string): string {
  const plain = name.replace(/[^\w. ()-]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
