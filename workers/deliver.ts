import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DeliverArguments } from '../dsl/arguments.ts';
import { mediaType } from '../dsl/media-type.ts';
import { digest, withFile } from '../engine/artifacts/stream.ts';
import type { EgressRequest } from '../engine/egress/door.ts';
import { Failure } from '../engine/failure.ts';
import { asItIs, type GiveOut } from './give-out.ts';
import type { Desk, Effected, Handler, Input } from './handler.ts';
import { onlyInput } from './only-input.ts';
import { type SendingTools, sendUntilTaken } from './sending.ts';

/** TO path ? url: puts the file there. Safe to repeat: the same job sends the same bytes under the same idempotency key, also when a
 * worker died in between and another sends again. */
export function createDeliver(tools: SendingTools & { giveOut?: GiveOut }): Handler<DeliverArguments> {
  return async ({ url }, desk): Promise<Effected> => {
    const made = onlyInput(desk);
    const { notes = [], ...given } = await (tools.giveOut ?? asItIs)(made, desk);
    const input = { ...made, ...given };
    const bytes = await intact(input, desk.signal);
    const answer = await sendUntilTaken(
      tools,
      'the file',
      () => put(url, input, bytes, desk),
      desk.signal,
      (note) => desk.progress({ fraction: 0, note }),
    );
    const moved =
      answer.url === new URL(url).href ? [] : [`it was redirected to ${new URL(answer.url).hostname}`];
    return { url, notes: [...notes, ...moved] };
  };
}

/** The size of the file, once its bytes are what its name says: half a second a gigabyte, against sending damage to somebody else. */
async function intact({ path, hash }: Input, signal: AbortSignal): Promise<number> {
  const found = await withFile(path, 'r', (file) => digest(file, { signal }));
  if (found.hash === hash) return found.bytes;
  throw new Failure('permanent', 'PQL610', 'the stored bytes are damaged', {
    hint: 'pql doctor lists what is damaged; remove it, then run the statement again',
  });
}

/** The slowest line that is waited for: 64 KiB a second, and two minutes for everything else. */
function patience(bytes: number): number {
  return Math.ceil(120_000 + (bytes / 65_536) * 1000);
}

function put(url: string, input: Input, bytes: number, desk: Desk): EgressRequest {
  return {
    method: 'PUT',
    url,
    headers: {
      'content-type': mediaType(input.facts),
      // RFC 9530: the checksum as a structured field, base64 between colons.
      'content-digest': `sha-256=:${Buffer.from(input.hash, 'hex').toString('base64')}:`,
      'idempotency-key': `"${idempotencyKey(desk, url)}"`,
    },
    body: { bytes, open: () => counted(input.path, bytes, desk) },
    redirects: 3,
    totalTimeout: patience(bytes),
    silence: 60_000,
    maxResponseBytes: 64 * 1024,
  };
}

/** Streamed, so memory stays flat; tells how much is on its way. */
function counted(path: string, bytes: number, desk: Desk) {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  let sent = 0;
  stream.on('data', (piece) => {
    sent += piece.length;
    desk.progress({ fraction: bytes > 0 ? sent / bytes : 1 });
  });
  // A listener starts the flow; the request starts it again when it is ready.
  stream.pause();
  return stream;
}

/** A string as draft-ietf-httpapi-idempotency-key-header has it: of the job and the address, equal for every try. */
function idempotencyKey({ workspace, group, job }: Desk, url: string): string {
  return createHash('sha256')
    .update(JSON.stringify([workspace, group, job, url]))
    .digest('hex');
}
