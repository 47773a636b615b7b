import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkedHash } from './hash-folders.ts';
import { lost } from './lost.ts';
import type { S3Place } from './place.ts';
import type { Remote } from './remote.ts';
import { type After, openS3Client, type S3Manners, type S3Requests, type Sent } from './s3-client.ts';
import { s3Code, s3Failure, s3Status } from './s3-failure.ts';
import { type Digested, stillWritten } from './stream.ts';

/** An object store that speaks S3: `prefix/<hash>` holds an artifact.
 *
 * An object is put whole or not at all, and never over another (If-None-Match). The server is told the SHA-256 of what it is sent and refuses
 * anything else; what it gives is hashed by whoever fetches it. Large files go up in parts, each tried again by itself; an upload that
 * was not completed shows nothing and is aborted, by us or by the sweep of somebody else. */
export async function openS3(
  place: S3Place,
  options: S3Manners & { partBytes?: number } = {},
): Promise<Remote> {
  const requests = openS3Client(place, options);
  const prefix = place.prefix === '' ? '' : `${place.prefix}/`;
  const where = `s3://${place.bucket}/${place.prefix}`.replace(/\/$/, '');
  const keyOf = (hash: string) => `${prefix}${checkedHash(hash)}`;
  const said = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw s3Failure(error, where, doing);
    }
  };
  const size = (key: string, signal?: AbortSignal) => sizeOf(requests, key, signal);
  return {
    where,
    send: (source, digested, signal) =>
      said('storing a result', () =>
        send(requests, keyOf(digested.hash), source, digested, options.partBytes ?? smallestPart, signal),
      ),
    async *read(hash, from, signal) {
      const key = keyOf(hash);
      try {
        for await (const piece of await requests.get(key, from, signal)) yield piece as Uint8Array;
      } catch (error) {
        signal?.throwIfAborted();
        // Everything had come when the connection broke off.
        if (s3Code(error) === 'InvalidRange' && from === (await size(key))) return;
        if (s3Code(error) === 'NoSuchKey') throw lost(hash);
        throw s3Failure(error, where, 'fetching what is read');
      }
    },
    size: (hash, signal) => said('looking for stored bytes', async () => size(keyOf(hash), signal)),
    remove: (hash) => said('removing stored bytes', async () => requests.remove(keyOf(hash))),
    async *list() {
      let next: string | undefined;
      do {
        const page = await said('listing the stored bytes', () => requests.page(prefix, next));
        for (const { key, bytes, writtenAt } of page.objects) {
          const hash = key.slice(prefix.length);
          if (/^[0-9a-f]{64}$/.test(hash))
            yield { hash, bytes, age: Math.max(0, (requests.now() - writtenAt) / 1000) };
        }
        next = page.next;
      } while (next !== undefined);
    },
    sweep: (seconds) => said('sweeping', () => sweep(requests, prefix, seconds)),
    // The server checked what it took, so it is for people to decide whether it has lost its mind.
    setAside: async () => null,
    address: (hash, seconds, name, as) =>
      said('signing an address', async () => requests.address(keyOf(hash), seconds, name, as)),
    check: (signal) => said('trying it', () => check(requests, prefix, signal)),
  };
}

/** 8 MiB, the usual: 10,000 of them are 84 GB, and larger files have larger parts. */
const smallestPart = 8 * 2 ** 20;
const mostParts = 10_000;
/** Parts under way at once: as many are in memory. */
const abreast = 4;

async function send(
  requests: S3Requests,
  key: string,
  source: FileHandle,
  digested: Digested,
  partBytes: number,
  signal?: AbortSignal,
): Promise<void> {
  const there = await sizeOf(requests, key, signal);
  if (there === digested.bytes) return;
  const job = { requests, key, source, ...digested, signal };
  // Of the wrong size it is of no use to anybody: this is its cure.
  let once = there === null;
  for (let attempt = 1; ; attempt++) {
    try {
      return digested.bytes <= partBytes ? await sendWhole(job, once) : await sendParts(job, partBytes, once);
    } catch (error) {
      const code = s3Code(error);
      // Somebody was faster, or the answer to our own try was lost.
      if (s3Status(error) === 412 || code === 'NoSuchUpload') {
        if ((await sizeOf(requests, key, signal)) === digested.bytes) return;
      } else if (code === 'NotImplemented' && once)
        // Equal names have equal bytes, so that nothing is lost by an overwriting.
        once = false;
      else if (code !== 'ConditionalRequestConflict' && code !== 'OperationAborted') throw error;
      if (attempt === 4) throw error;
      await sleep(50 * 2 ** attempt, undefined, { signal });
    }
  }
}

interface Sending extends Digested {
  requests: S3Requests;
  key: string;
  source: FileHandle;
  signal: AbortSignal | undefined;
}

async function sendWhole(
  { requests, key, source, hash, bytes, signal }: Sending,
  once: boolean,
): Promise<void> {
  const body = await readAt(source, 0, bytes);
  const sum = createHash('sha256').update(body).digest();
  if (sum.toString('hex') !== hash) throw stillWritten();
  await requests.put(key, body, sum.toString('base64'), once, signal);
}

async function sendParts(sending: Sending, partBytes: number, once: boolean): Promise<void> {
  const { requests, key, source, hash, bytes, signal } = sending;
  const size = Math.max(partBytes, Math.ceil(bytes / mostParts));
  const upload = await requests.begin(key, signal);
  const broken = new AbortController();
  const stop = signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]);
  const whole = createHash('sha256');
  const sent: Promise<Sent>[] = [];
  try {
    for (let from = 0; from < bytes; from += size) {
      if (sent.length >= abreast) await sent[sent.length - abreast];
      stop.throwIfAborted();
      const body = await readAt(source, from, Math.min(size, bytes - from));
      whole.update(body);
      const sha256 = createHash('sha256').update(body).digest('base64');
      const part = requests.part(key, upload, { number: sent.length + 1, sha256 }, body, stop);
      part.catch(() => broken.abort());
      sent.push(part);
    }
    const parts = await Promise.all(sent);
    if (whole.digest('hex') !== hash) throw stillWritten();
    await requests.complete(key, upload, parts, once, signal);
  } catch (error) {
    broken.abort();
    const ended = await Promise.allSettled(sent);
    await requests.abort(key, upload).catch(() => {});
    signal?.throwIfAborted();
    // What broke first, not that the others were stopped because of it.
    const first = ended.find((end) => end.status === 'rejected' && end.reason?.name !== 'AbortError');
    throw first?.status === 'rejected' ? first.reason : error;
  }
}

async function readAt(source: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await source.read(buffer, done, length - done, from + done);
    if (bytesRead === 0) throw stillWritten();
    done += bytesRead;
  }
  return buffer;
}

/** A bucket that is missing looks like an object that is: only listing tells, which `check` does. */
async function sizeOf(requests: S3Requests, key: string, signal?: AbortSignal): Promise<number | null> {
  return requests.size(key, signal).catch((error) => {
    if (s3Status(error) === 404) return null;
    throw error;
  });
}

async function sweep(requests: S3Requests, prefix: string, seconds: number): Promise<number> {
  let swept = 0;
  let next: After | undefined;
  do {
    const page = await requests.unfinished(prefix, next);
    for (const { key, upload, begunAt } of page.uploads) {
      if (requests.now() - begunAt < seconds * 1000) continue;
      await requests.abort(key, upload);
      swept += 1;
    }
    next = page.next;
  } while (next !== undefined);
  return swept;
}

/** Every right that we need, on an object of the shortest life. */
async function check(
  requests: S3Requests,
  prefix: string,
  signal?: AbortSignal,
): Promise<{ free: null; notes: string[] }> {
  const key = `${prefix}check-${crypto.randomUUID()}`;
  const body = Buffer.from('check');
  const notes: string[] = [];
  await requests.page(key, undefined);
  await requests.put(key, body, createHash('sha256').update(body).digest('base64'), false, signal);
  try {
    for await (const _ of await requests.get(key, 0, signal));
    const overwritten = await requests
      .put(key, body, createHash('sha256').update(body).digest('base64'), true, signal)
      .then(() => true)
      .catch((error) => s3Status(error) !== 412);
    if (overwritten) notes.push('it does not know If-None-Match, so equal bytes are written over each other');
  } finally {
    await requests.remove(key);
  }
  await requests.unfinished(prefix, undefined).catch(() => {
    notes.push('it does not list unfinished uploads: let it abort them itself, after a day or more');
  });
  return { free: null, notes };
}
