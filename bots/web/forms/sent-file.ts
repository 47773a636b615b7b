import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'hono';
import { largestSent } from '../../../engine/consent/public/evidence.ts';
import { newSecret } from '../../../engine/consent/public/secret.ts';

/** What stands around the one file of a form. */
const wrapping = 10_000;

/** Of what is too large so much is read nevertheless, or the browser would show a broken connection instead of the answer. */
const patience = 100_000_000;

/** Takes the file of a form. A slow sender costs a file in the scratch folder and no memory; files are unwrapped one by one, each within memory for a few
 * times its size. */
export function openFileTaker(
  scratch: string,
): (context: Context) => Promise<Uint8Array | 'none' | 'too large'> {
  let turn: Promise<unknown> = Promise.resolve();
  return async (context) => {
    const { body, headers } = context.req.raw;
    const type = headers.get('content-type') ?? '';
    if (body === null || !type.startsWith('multipart/form-data')) return 'none';
    const path = join(scratch, `form-${newSecret()}`);
    try {
      if (!(await spool(body, path))) return 'too large';
      const unwrapped = turn.then(() => unwrap(path, type));
      turn = unwrapped.catch(() => {});
      return await unwrapped;
    } finally {
      await rm(path, { force: true });
    }
  };
}

/** False for more than the largest file. */
async function spool(body: ReadableStream<Uint8Array>, path: string): Promise<boolean> {
  let bytes = 0;
  await pipeline(
    Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > patience) return;
        if (bytes <= largestSent + wrapping) yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600, flags: 'wx' }),
  );
  return bytes <= largestSent + wrapping;
}

async function unwrap(path: string, type: string): Promise<Uint8Array | 'none' | 'too large'> {
  const whole = Readable.toWeb(createReadStream(path)) as ReadableStream;
  const form = await new Response(whole, { headers: { 'content-type': type } }).formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File) || file.size === 0) return 'none';
  return file.size > largestSent ? 'too large' : new Uint8Array(await file.arrayBuffer());
}
