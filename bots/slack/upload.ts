import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

import { type OutgoingFile, SurfaceError } from '../presenter/surface.ts';
import type { SlackClient } from './clients.ts';

/** Brings a file to Slack, where nobody sees it yet; gives its id there. It is streamed: no more of it than a few pieces is ever in memory. */
export async function upload(
  client: SlackClient,
  file: OutgoingFile,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: file.name,
    length: file.bytes,
  });
  if (url === undefined || id === undefined) throw new SurfaceError({ kind: 'later', after: null });
  const limit = AbortSignal.timeout(30_000 + Math.ceil(file.bytes / slowest));
  const source = createReadStream(file.path);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) },
      body: Readable.toWeb(source) as ReadableStream<Uint8Array>,
      duplex: 'half',
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    await response.body?.cancel();
    if (response.status === 413) throw new SurfaceError({ kind: 'too large' });
    if (!response.ok) throw new SurfaceError({ kind: 'later', after: null });
    return id;
  } catch (error) {
    // What our own disk says is no fault of the chat's.
    throw source.errored ?? error;
  } finally {
    source.destroy();
  }
}

/** Bytes a millisecond that an upload makes at least: 128 KB/s. */
const slowest = 128;
