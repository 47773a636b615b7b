import type { Model, Variant } from '../model.ts';
import { createGraph } from './graph.ts';
import { convertInterpolator } from './interpolator.ts';
import { addNcnn } from './ncnn.ts';
import { type PixelRange, readPicture, writePicture } from './picture.ts';
import { convertTfjsGraph } from './tfjs-graph.ts';
import { convertTfjsLayers } from './tfjs-layers.ts';

/** Of the conversion: raised when the same weights become another graph, so that graphs kept from before are made anew. */
export const conversion = 1;

/** Turns a variant's two files into an ONNX graph that takes and gives frames as ffmpeg writes them (uint8, RGB); one that finds faces gives numbers. */
export function convert(
  { task, range = 1 }: { task: Model['task']; range?: PixelRange },
  variant: Variant,
  description: string,
  weights: Uint8Array,
): Uint8Array {
  if (variant.reader === 'tfjs-graph') return convertTfjsGraph(description, weights);
  if (task === 'interpolate') return convertInterpolator(description, weights);
  if (variant.reader === 'tfjs-layers') return convertTfjsLayers(description, weights, range);
  const graph = createGraph('upscaler');
  const input = readPicture(graph, 'frame', range);
  const result = addNcnn(graph, description, weights, [input.value]);
  return graph.finish([input.port], [writePicture(graph, result, range)]);
}
