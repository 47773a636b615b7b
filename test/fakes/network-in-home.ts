import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { conversion, convert } from '../../workers/models/convert/convert.ts';
import { writeWhole } from '../../workers/models/files.ts';
import { digestOf, manifest } from '../../workers/models/manifest.ts';
import { blazefaceGraph } from '../workers/faces/face-models.ts';
import { reference } from '../workers/models/slim.ts';

/** Puts the ×2 of the usual network into a home, as if it had been pulled, so that UPSCALE 2x needs no registry. */
export async function putNetwork(home: string): Promise<void> {
  const model = manifest.find(({ name }) => name === 'realesr-animevideov3')!;
  const description = reference('realesr-animevideov3-x2.param').toString();
  const graph = convert(model, model.variants.x2!, description, reference('realesr-animevideov3.bin'));
  await put(home, digestOf(model), 'x2', graph);
}

/** The same of the network that finds faces, so that what pictures are made from can be looked at. */
export async function putFaceNetwork(home: string): Promise<void> {
  const model = manifest.find(({ name }) => name === 'blazeface')!;
  await put(home, digestOf(model), 'face', blazefaceGraph());
}

async function put(home: string, digest: string, variant: string, graph: Uint8Array): Promise<void> {
  const file = join(home, 'models', digest, `${variant}.${conversion}.onnx`);
  await writeWhole(file, graph);
  await writeWhole(`${file}.sha256`, createHash('sha256').update(graph).digest('hex'));
}
