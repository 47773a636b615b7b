import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../engine/failure.ts';
import { conversion, convert } from './convert/convert.ts';
import { sha256File, writeWhole } from './files.ts';
import { digestOf, manifest, weightFiles } from './manifest.ts';
import type { Model } from './model.ts';
import { pullWeights } from './pull.ts';
import type { Registry } from './registry.ts';
import { shared } from './shared.ts';

/** A model and what of it is on this machine. */
export interface ModelStatus {
  name: string;
  task: string;
  /** `x2`, `x3`, `x4`, `frame`, or `face`. */
  variants: string[];
  digest: string;
  package: string;
  licence: string;
  origin: string;
  /** What a pull fetches. */
  downloadBytes: number;
  /** What it takes on this disk now. */
  bytes: number;
  state: 'absent' | 'ready' | 'damaged';
  /** What is wrong with it, file by file; empty unless damaged. */
  problems: string[];
}

export interface ModelOptions {
  signal?: AbortSignal | undefined;
  /** Lossy; `fraction` 0 to 1. */
  onProgress?: ((fraction: number, note: string) => void) | undefined;
}

/** The networks kept on this machine, under `<home>/models/<digest>/`. Absent ones are pulled when they are first needed; after
 * that no network is used. Every file is checked by SHA-256 each time it is taken; what is damaged is made or pulled again. */
export interface ModelStore {
  /** Every known model, in the order of the manifest; checks each file that is there. */
  list(): Promise<ModelStatus[]>;
  /** Makes a model ready to be used offline. Throws Failure PQL651 to PQL653, PQL62x; does nothing when it is ready. */
  pull(name: string, options?: ModelOptions): Promise<ModelStatus>;
  verify(name: string): Promise<ModelStatus>;
  /** Whether there was anything to remove. */
  remove(name: string): Promise<boolean>;
  /** The ONNX file of a variant, verified; pulls and converts what is missing. */
  path(name: string, variant: string, options?: ModelOptions): Promise<string>;
  /** What is known of a model. Throws Failure PQL650 for a name or variant that nobody knows. */
  model(name: string, variant?: string): Model;
}

/** Opens the store. `registry` is asked only when something must be pulled. */
export function createModelStore(options: {
  home: string;
  registry: (signal: AbortSignal) => Promise<Registry>;
  models?: readonly Model[];
}): ModelStore {
  const models = options.models ?? manifest;
  const pulls = shared<void>();
  const folderOf = (model: Model) => join(options.home, 'models', digestOf(model));

  const find = (name: string, variant?: string): Model => {
    const model = models.find((each) => each.name === name);
    if (!model || (variant && !model.variants[variant])) throw unknown(models, name, variant, model);
    return model;
  };

  const pullOnce = (model: Model, { signal, onProgress }: ModelOptions) =>
    pulls.join(model.name, { signal, onProgress }, async (share) => {
      share.report(0, `fetching ${model.name}`);
      const registry = await options.registry(share.signal);
      share.signal.throwIfAborted();
      await pullWeights(model, folderOf(model), {
        registry,
        signal: share.signal,
        onProgress: (received, total) => share.report(received / total, `fetching ${model.name}`),
      });
    });

  const path = async (name: string, variant: string, wishes: ModelOptions = {}): Promise<string> => {
    const model = find(name, variant);
    const folder = folderOf(model);
    const files = model.variants[variant];
    if (files?.reader === 'onnx') {
      if ((await damagedFiles(model, folder)).length > 0) await pullOnce(model, wishes);
      return join(folder, files.weights.path);
    }
    const graph = graphPath(folder, variant);
    if (await graphIsWhole(graph)) return graph;
    if ((await damagedFiles(model, folder)).length > 0) await pullOnce(model, wishes);
    wishes.signal?.throwIfAborted();
    await makeGraph(model, variant, folder);
    return graph;
  };

  const status = async (model: Model): Promise<ModelStatus> => {
    const folder = folderOf(model);
    const damaged = await damagedFiles(model, folder);
    const bytes = await size(model, folder);
    return {
      name: model.name,
      task: model.task,
      variants: Object.keys(model.variants),
      digest: digestOf(model),
      package: model.package,
      licence: model.licence,
      origin: model.origin,
      downloadBytes: model.downloadBytes,
      bytes,
      state: bytes === 0 ? 'absent' : damaged.length > 0 ? 'damaged' : 'ready',
      problems: bytes === 0 ? [] : damaged,
    };
  };

  return {
    model: find,
    path,
    list: () => Promise.all(models.map(status)),
    verify: (name) => status(find(name)),
    async pull(name, wishes = {}) {
      const model = find(name);
      for (const variant of Object.keys(model.variants)) await path(name, variant, wishes);
      if ((await damagedFiles(model, folderOf(model))).length > 0) await pullOnce(model, wishes);
      return status(model);
    },
    async remove(name) {
      const folder = folderOf(find(name));
      const there = (await stat(folder).catch(() => null)) !== null;
      await rm(folder, { recursive: true, force: true });
      return there;
    },
  };
}

function graphPath(folder: string, variant: string): string {
  return join(folder, `${variant}.${conversion}.onnx`);
}

/** A graph is made here, so its hash is written beside it when it is made. */
async function graphIsWhole(graph: string): Promise<boolean> {
  const expected = await readFile(`${graph}.sha256`, 'utf8').catch(() => null);
  return expected !== null && expected === (await sha256File(graph));
}

async function makeGraph(model: Model, variant: string, folder: string): Promise<void> {
  const files = model.variants[variant];
  if (!files || files.reader === 'onnx') throw new Error(`${model.name} has no ${variant} to convert`);
  const description = await readFile(join(folder, files.description.path), 'utf8');
  const weights = await readFile(join(folder, files.weights.path));
  const bytes = convert(model, files, description, weights);
  const graph = graphPath(folder, variant);
  await writeWhole(graph, bytes);
  await writeWhole(`${graph}.sha256`, (await sha256File(graph)) ?? '');
}

async function damagedFiles(model: Model, folder: string): Promise<string[]> {
  const checks = weightFiles(model).map(async ({ path, sha256 }) => {
    const found = await sha256File(join(folder, path));
    if (found === sha256) return [];
    return [found === null ? `${path} is missing` : `${path} was changed or cut short`];
  });
  return (await Promise.all(checks)).flat();
}

async function size(model: Model, folder: string): Promise<number> {
  const paths = [
    ...weightFiles(model).map(({ path }) => join(folder, path)),
    ...Object.keys(model.variants).map((variant) => graphPath(folder, variant)),
  ];
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => null))?.size ?? 0));
  return sizes.reduce((sum, each) => sum + each, 0);
}

function unknown(models: readonly Model[], name: string, variant?: string, model?: Model): Failure {
  if (!model) {
    return new Failure('user', 'PQL650', `there is no model called ${name}`, {
      hint: `one of ${models.map((each) => each.name).join(', ')}`,
    });
  }
  return new Failure('user', 'PQL650', `the model ${name} cannot do ${variant}`, {
    hint: `it can do ${Object.keys(model.variants).join(', ')}`,
  });
}
