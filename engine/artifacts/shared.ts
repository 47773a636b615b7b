import { createHash } from 'node:crypto';
import { type FileHandle, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { type Cache, openCache } from './cache.ts';
import { diskFailure } from './disk-failure.ts';
import { checkedHash } from './hash-folders.ts';
import { lost } from './lost.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { ArtifactStore, Reader, ServedAs } from './port.ts';
import type { Remote } from './remote.ts';
import { openSession } from './session.ts';
import { type Digested, digestSettled, onlyRead, withFile, writeFully } from './stream.ts';

/** An artifact store that several machines share. */
export interface SharedArtifacts extends ArtifactStore, AsyncDisposable {
  /** A folder of this machine, swept after a crash: what is prepared here is moved into the cache, not copied. */
  temporary: string;
  address(hash: string, seconds: number, name: string, as?: ServedAs): Promise<string | null>;
}

export interface SharedOptions {
  /** Asked for when something is first read or written: most commands need none of it. */
  remote: () => Promise<Remote>;
  /** On this machine. */
  folder: string;
  /** Bytes that the cache may take, beside what running jobs read. */
  limit: number;
  now?: () => number;
  /** Milliseconds before a read that broke off goes on; twice as long each time. */
  pause?: number;
}

/** Opens what is near of a store far away.
 *
 * Nothing there is believed: another machine may have lost its power, or its file server may have answered too early, and no session tells
 * us. So what is fetched is hashed while it is written here, once for all jobs of this machine that read it, and what does not
 * agree is not used. */
export async function openSharedArtifacts(options: SharedOptions): Promise<SharedArtifacts> {
  const { folder, limit, now = Date.now, pause = 200 } = options;
  const session = await openSession(join(folder, 'sessions'), now).catch((error) => {
    throw diskFailure(error, 'opening the artifact store');
  });
  const cache = await openCache(join(folder, 'cache'), limit, now);
  const far = onceWhenItWorks(options.remote);
  const tidied = onceWhenItWorks(async () => (await far()).sweep(abandoned));
  const fetches = oneAtATime<void>();
  /** Known to be wrong there: the same bytes are made anew, not recalled. */
  const damaged = new Set<string>();

  const fetch = async (hash: string, signal: AbortSignal): Promise<void> => {
    const remote = await far();
    const bytes = await remote.size(hash, signal);
    if (bytes === null) {
      // Asked for the bytes themselves, a store also says when it is not there at all.
      await remote.read(hash, 0, signal)[Symbol.asyncIterator]().next();
      throw lost(hash);
    }
    // Once more when it came out wrong: what was hurt on the way is right the second time.
    for (let attempt = 1; attempt <= 2; attempt++) {
      const file = join(session.folder, `fetched-${crypto.randomUUID()}`);
      const room = await cache.reserve(bytes);
      try {
        const found = await withFile(file, 'wx', (into) => receive(remote, hash, into, pause, signal));
        if (found.hash === hash) return await cache.keep(hash, file);
      } catch (error) {
        if (!isFull(error) || attempt === 2) throw error;
        await cache.clear();
      } finally {
        room[Symbol.dispose]();
        await rm(file, { force: true });
      }
    }
    damaged.add(hash);
    throw spoilt(hash, remote.where, await remote.setAside(hash));
  };

  return {
    temporary: session.folder,
    lingering,
    async put(file, signal) {
      try {
        const digested = await withFile(file, onlyRead, async (source) => {
          const digested = await digestSettled(source, signal);
          const remote = await far();
          // These are the right ones.
          if (damaged.has(digested.hash)) await remote.remove(digested.hash);
          await remote.send(source, digested, signal);
          return digested;
        });
        damaged.delete(digested.hash);
        await keepOwn(cache, file, digested, limit);
        // Whoever writes tidies up after those who died writing; where that is not allowed, somebody else does.
        await tidied().catch(() => {});
        return digested;
      } catch (error) {
        throw diskFailure(error, 'storing a result');
      }
    },
    async path(hash, reader?: Reader) {
      const hold = cache.hold(checkedHash(hash));
      try {
        for (let attempt = 1; attempt <= 3; attempt++) {
          const near = await cache.lend(hash, reader?.scratch ?? null);
          if (near !== null) return near;
          await fetches.ask(hash, (signal) => fetch(hash, signal), reader?.signal);
        }
        throw new Failure('transient', 'PQL614', 'what was fetched was removed before it was read', {
          hint: `leave ${join(folder, 'cache')} to pql, which keeps it within PQL_CACHE_BYTES`,
        });
      } catch (error) {
        throw diskFailure(error, 'fetching what is read');
      } finally {
        hold[Symbol.dispose]();
      }
    },
    async has(hash) {
      return !damaged.has(checkedHash(hash)) && (await (await far()).size(hash)) !== null;
    },
    async remove(hash) {
      await cache.forget(checkedHash(hash));
      await (await far()).remove(hash);
    },
    async *list() {
      yield* (await far()).list();
    },
    address: async (hash, seconds, name, as) => (await far()).address(checkedHash(hash), seconds, name, as),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** A day: who has not written for so long is dead, and should it not be, its write fails and is tried again. */
const abandoned = 24 * 3600;

/** S3 refuses what was signed 15 minutes ago; no file server keeps a request for longer. */
const lingering = 15 * 60;

/** Hashes while it writes, and goes on where a connection broke off. */
async function receive(
  remote: Remote,
  hash: string,
  into: FileHandle,
  pause: number,
  signal: AbortSignal,
): Promise<Digested> {
  const sum = createHash('sha256');
  let bytes = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      for await (const piece of remote.read(hash, bytes, signal)) {
        signal.throwIfAborted();
        sum.update(piece);
        await writeFully(into, piece, bytes);
        bytes += piece.length;
      }
      return { hash: sum.digest('hex'), bytes };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failure) || error.kind !== 'transient' || attempt === 6) throw error;
      await sleep(pause * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

/** What was made here is likely to be read here next. */
async function keepOwn(cache: Cache, file: string, { hash, bytes }: Digested, limit: number): Promise<void> {
  if (bytes <= limit) {
    const room = await cache.reserve(bytes);
    try {
      return await cache.keep(hash, file);
    } catch {
      // From another disk: it is there, so here it is only a convenience.
    } finally {
      room[Symbol.dispose]();
    }
  }
  await unlink(file).catch(() => {});
}

function spoilt(hash: string, where: string, aside: string | null): Failure {
  const short = hash.slice(0, 12);
  return new Failure('permanent', 'PQL613', `the stored bytes ${short} in ${where} are not what they were`, {
    hint:
      aside === null
        ? `remove the object that is named ${hash}, then RETRY or run the statement again to make it anew`
        : `they were moved to ${aside}; RETRY or run the statement again to make them anew`,
  });
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}

/** Remembers what came out, but not that it failed. */
function onceWhenItWorks<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work().catch((error) => {
      result = null;
      throw error;
    });
    return result;
  };
}
