import { convert } from '../../../workers/models/convert/convert.ts';
import { manifest } from '../../../workers/models/manifest.ts';
import type { FaceModel } from '../../../workers/models/model.ts';
import { reference } from '../models/slim.ts';

/** BlazeFace as ONNX, of the weights in the repository. */
export function blazefaceGraph(): Uint8Array {
  const model = manifest.find(({ name }) => name === 'blazeface') as FaceModel;
  return convert(
    model,
    model.variants.face!,
    reference('blazeface.json').toString(),
    reference('blazeface.bin'),
  );
}
