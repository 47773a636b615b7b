import { createGraph, type Graph, type Value } from './graph.ts';
import { type PixelRange, readPicture, writePicture } from './picture.ts';
import { foldEnlarging, type Kernel } from './sub-pixel.ts';
import { type TfjsModel, tfjsModel, type Weight } from './tfjs-model.ts';

/** Turns an image network saved as a TensorFlow.js layers model into ONNX.
 *
 * Kernels go from HWIO to OIHW and data stays NCHW throughout. Nearest-neighbour enlargement followed by a convolution becomes one
 * convolution before DepthToSpace: the same numbers, without the largest tensors. Throws on any layer it does not know exactly. */
export function convertTfjsLayers(json: string, weights: Uint8Array, range: PixelRange): Uint8Array {
  const model = tfjsModel(json, weights);
  const graph = createGraph(model.name);
  const input = readPicture(graph, 'frame', range);
  const values = new Map<string, Value>([[model.input, input.value]]);
  const value = (name: string): Value => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`layer ${name} is used before it is computed`);
    return found;
  };

  const enlarged = new Map<string, { from: Value; factor: number }>();
  for (const layer of model.layers) {
    const [first = ''] = layer.inputs;
    const conv = layer.type === 'Conv2D' ? convolution(model, layer.name, layer.config) : null;
    const before = enlarged.get(first);
    if (conv && before) {
      values.set(layer.name, foldEnlarging(graph, before.from, conv, before.factor));
    } else if (conv) {
      values.set(layer.name, convolve(graph, value(first), conv));
    } else if (layer.type === 'UpSampling2D') {
      const factor = enlargement(layer.config);
      enlarged.set(layer.name, { from: value(first), factor });
    } else if (layer.type === 'Activation') {
      if (layer.config.activation !== 'relu')
        throw unknown(layer.name, `activation ${layer.config.activation}`);
      values.set(layer.name, graph.node('Relu', [value(first)]));
    } else if (layer.type === 'Add') {
      values.set(
        layer.name,
        layer.inputs.map(value).reduce((sum, each) => graph.node('Add', [sum, each])),
      );
    } else if (layer.type === 'Concatenate') {
      values.set(layer.name, graph.node('Concat', layer.inputs.map(value), { axis: { integer: 1 } }));
    } else {
      throw unknown(layer.name, layer.type);
    }
  }
  return graph.finish([input.port], [writePicture(graph, value(model.output), range)]);
}

function convolution(model: TfjsModel, name: string, config: Readonly<Record<string, unknown>>): Kernel {
  const plain =
    String(config.strides) === '1,1' &&
    String(config.dilation_rate) === '1,1' &&
    (config.groups ?? 1) === 1 &&
    config.activation === 'linear' &&
    config.use_bias === true;
  if (!plain) throw unknown(name, 'a convolution with stride, dilation, groups, activation or without bias');
  const kernel = weight(model, `${name}/kernel`);
  const bias = weight(model, `${name}/bias`);
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  // `valid` shrinks the picture unless the kernel is 1×1.
  if (height !== width || height % 2 === 0 || (config.padding !== 'same' && height > 1)) {
    throw unknown(name, `a ${height}×${width} kernel padded ${config.padding}`);
  }
  return { size: height, inputs, outputs, weights: toOihw(kernel), bias: bias.data };
}

function convolve(graph: Graph, input: Value, { size, inputs, outputs, weights, bias }: Kernel): Value {
  const pad = (size - 1) / 2;
  return graph.node(
    'Conv',
    [
      input,
      graph.constant('float', [outputs, inputs, size, size], weights),
      graph.constant('float', [outputs], bias),
    ],
    { kernel_shape: { integers: [size, size] }, pads: { integers: [pad, pad, pad, pad] } },
  );
}

function enlargement(config: Readonly<Record<string, unknown>>): number {
  const [height, width] = config.size as number[];
  if (height !== width || height === undefined || config.interpolation !== 'nearest') {
    throw unknown(String(config.name), 'an enlargement that is not nearest and square');
  }
  return height;
}

function weight(model: TfjsModel, name: string): Weight {
  const found = model.weights.get(name);
  if (!found) throw new Error(`the weights ${name} are missing`);
  return found;
}

function toOihw({ shape, data }: Weight): Float32Array {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  const turned = new Float32Array(data.length);
  const area = height * width;
  for (let place = 0; place < area; place++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        turned[(o * inputs + i) * area + place] = data[(place * inputs + i) * outputs + o] ?? 0;
      }
    }
  }
  return turned;
}

function unknown(layer: string, what: string): Error {
  return new Error(`layer ${layer}: cannot convert ${what}`);
}
