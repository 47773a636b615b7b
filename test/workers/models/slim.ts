import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { manifest } from '../../../workers/models/manifest.ts';
import type { FrameModel } from '../../../workers/models/model.ts';

/** A file of test/models. */
export function reference(name: string): Buffer {
  return readFileSync(new URL(`../../models/${name}`, import.meta.url));
}

/** The files of esrgan-slim that are in the repository, by their paths in the package. */
export const slimFiles = {
  'models/x2/model.json': reference('esrgan-slim-x2.json'),
  'models/x2/group1-shard1of1.bin': reference('esrgan-slim-x2.bin'),
};

/** esrgan-slim with its ×2 only, in a package of that content. */
export function slim(integrity: string): FrameModel {
  const [model] = manifest;
  if (!model?.variants.x2 || !('tilePixels' in model))
    throw new Error('esrgan-slim is not the first of the manifest');
  return { ...model, integrity, variants: { x2: model.variants.x2 } };
}

/** A network between two frames without weights: it blends them by the time. Its package is `blend@1.0.0`. */
export const blendParam = `7767517
7 7
Input in0 0 1 first
Input in1 0 1 second
Input in2 0 1 time
BinaryOp reversed 1 1 time rest 0=7 1=1 2=1.0
BinaryOp one 2 1 first rest a 0=2
BinaryOp two 2 1 second time b 0=2
BinaryOp sum 2 1 a b out 0=0
`;

export function blend(integrity: string): FrameModel {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    name: 'blend',
    task: 'interpolate',
    package: 'blend@1.0.0',
    integrity,
    downloadBytes: 1000,
    licence: 'Apache-2.0',
    origin: 'made for tests',
    range: 1,
    overlap: 32,
    tilePixels: 500_000,
    memory: 100e6,
    variants: {
      frame: {
        reader: 'ncnn',
        description: { path: 'blend.param', sha256: sha256(blendParam) },
        weights: { path: 'blend.bin', sha256: sha256('') },
      },
    },
  };
}
