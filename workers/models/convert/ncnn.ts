import { reduceCubic } from './cubic.ts';
import type { Attribute, Graph, Value } from './graph.ts';
import { type NcnnLayer, ncnnParam } from './ncnn-param.ts';
import { type NcnnWeights, ncnnWeights } from './ncnn-weights.ts';

/** What an operator's translation may use. `values` by ncnn's blob names. */
interface Site {
  graph: Graph;
  layer: NcnnLayer;
  inputs: Value[];
  weights: NcnnWeights;
  warp: Warp;
}

/** Samples the picture at every pixel plus the flow there; networks without `rife.Warp` never call it. */
export type Warp = (picture: Value, flow: Value) => Value;

/** Adds an ncnn network to a graph. `given` maps its input blobs, in the order of the file, to values of the graph; gives the last
 * layer's output. Throws on any layer it does not know exactly and when weights are left over. */
export function addNcnn(
  graph: Graph,
  param: string,
  bin: Uint8Array,
  given: readonly Value[],
  warp: Warp = () => {
    throw new Error('this network warps pictures, but nothing was given to warp with');
  },
): Value {
  const weights = ncnnWeights(bin);
  const values = new Map<string, Value>();
  const free = [...given];
  let last: Value | undefined;
  for (const layer of ncnnParam(param)) {
    const inputs = layer.inputs.map((name) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`layer ${layer.name} reads ${name}, which nothing gives`);
      return value;
    });
    const output = layer.type === 'Input' ? free.shift() : translate({ graph, layer, inputs, weights, warp });
    if (output === undefined) throw new Error(`the network has more inputs than were given`);
    for (const name of layer.outputs) values.set(name, output);
    last = output;
  }
  weights.end();
  if (last === undefined) throw new Error('the network has no layers');
  return last;
}

function translate(site: Site): Value {
  const translation = translations[site.layer.type];
  if (!translation) throw new Error(`layer ${site.layer.name}: cannot convert ${site.layer.type}`);
  return translation(site);
}

const translations: Readonly<Record<string, (site: Site) => Value>> = {
  // Every output of a Split is the same value.
  Split: ({ inputs: [input = ''] }) => input,
  Concat: ({ graph, inputs }) => graph.node('Concat', inputs, { axis: { integer: 1 } }),
  Sigmoid: ({ graph, inputs }) => graph.node('Sigmoid', inputs),
  ReLU: ({ graph, layer, inputs: [input = ''] }) => leaky(graph, input, layer.number(0, 0)),
  PReLU({ graph, layer, inputs: [input = ''], weights }) {
    const count = layer.number(0, 0);
    return graph.node('PRelu', [input, graph.constant('float', [count, 1, 1], weights.plain(count))]);
  },
  Convolution: (site) => convolve(site, 'Conv'),
  Deconvolution: (site) => convolve(site, 'ConvTranspose'),
  PixelShuffle: ({ graph, layer, inputs }) =>
    graph.node('DepthToSpace', inputs, {
      blocksize: { integer: layer.number(0, 1) },
      mode: { text: layer.number(1, 0) === 0 ? 'CRD' : 'DCR' },
    }),
  Interp: resize,
  Crop: slice,
  BinaryOp: calculate,
  Eltwise: weightedSum,
  'rife.Warp': ({ inputs: [picture = '', flow = ''], warp }) => warp(picture, flow),
};

function convolve({ graph, layer, inputs: [input = ''], weights }: Site, operator: string): Value {
  const outputs = layer.number(0, 0);
  const width = layer.number(1, 0);
  const height = layer.number(11, width);
  const stride = layer.number(3, 1);
  const pad = layer.number(4, 0);
  const kernel = weights.tagged(layer.number(6, 0));
  const channels = kernel.length / (outputs * width * height);
  if (layer.number(2, 1) !== 1 || layer.number(14, pad) !== pad || layer.number(15, pad) !== pad) {
    throw new Error(`layer ${layer.name}: dilation and uneven padding cannot be converted`);
  }
  if (!Number.isInteger(channels)) throw new Error(`layer ${layer.name}: the weights do not fit its shape`);
  // ncnn keeps [out, in, row, column] for both; ONNX wants [in, out, row, column] for the transposed one.
  const turned = operator === 'Conv' ? kernel : swapped(kernel, outputs, channels, width * height);
  const shape = operator === 'Conv' ? [outputs, channels] : [channels, outputs];
  const operands = [input, graph.constant('float', [...shape, height, width], turned)];
  if (layer.number(5, 0)) operands.push(graph.constant('float', [outputs], weights.plain(outputs)));
  const value = graph.node(operator, operands, {
    kernel_shape: { integers: [height, width] },
    strides: { integers: [stride, stride] },
    pads: { integers: [pad, pad, pad, pad] },
  });
  const activation = layer.number(9, 0);
  if (activation === 0) return value;
  if (activation > 2) throw new Error(`layer ${layer.name}: activation ${activation} cannot be converted`);
  return leaky(graph, value, activation === 1 ? 0 : (layer.numbers(10)[0] ?? 0));
}

function leaky(graph: Graph, value: Value, slope: number): Value {
  return slope === 0
    ? graph.node('Relu', [value])
    : graph.node('LeakyRelu', [value], { alpha: { float: slope } });
}

function swapped(kernel: Float32Array, outputs: number, inputs: number, area: number): Float32Array {
  const turned = new Float32Array(kernel.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      turned.set(
        kernel.subarray((o * inputs + i) * area, (o * inputs + i + 1) * area),
        (i * outputs + o) * area,
      );
    }
  }
  return turned;
}

function resize({ graph, layer, inputs: [input = ''] }: Site): Value {
  const kind = layer.number(0, 0);
  const [vertical, horizontal] = [layer.number(1, 1), layer.number(2, 1)];
  if (layer.number(6, 0) !== 0) throw new Error(`layer ${layer.name}: aligned corners cannot be converted`);
  if (kind === 3 && vertical === horizontal && Number.isInteger(vertical * 4) && vertical < 1) {
    const denominator = Number.isInteger(vertical * 2) ? 2 : 4;
    return reduceCubic(graph, input, vertical * denominator, denominator);
  }
  const attributes = resizings[kind];
  if (!attributes) throw new Error(`layer ${layer.name}: resizing of kind ${kind} cannot be converted`);
  return graph.node(
    'Resize',
    [input, '', graph.constant('float', [4], [1, 1, vertical, horizontal])],
    attributes,
  );
}

const resizings: Readonly<Record<number, Record<string, Attribute>>> = {
  1: {
    mode: { text: 'nearest' },
    coordinate_transformation_mode: { text: 'asymmetric' },
    nearest_mode: { text: 'floor' },
  },
  2: { mode: { text: 'linear' }, coordinate_transformation_mode: { text: 'half_pixel' } },
};

/** ncnn's axis 0 is ours 1: it knows no batches. */
function slice({ graph, layer, inputs: [input = ''] }: Site): Value {
  const integers = (values: number[]) => graph.constant('int64', [values.length], values);
  const axes = layer.numbers(11).map((axis) => axis + 1);
  return graph.node('Slice', [
    input,
    integers(layer.numbers(9)),
    integers(layer.numbers(10)),
    integers(axes),
  ]);
}

function calculate({ graph, layer, inputs }: Site): Value {
  const [left = '', right = graph.constant('float', [], [layer.number(2, 0)])] = inputs;
  const kind = layer.number(0, 0);
  const operator = ['Add', 'Sub', 'Mul', 'Div'][kind];
  if (operator) return graph.node(operator, [left, right]);
  // Subtraction the other way round.
  if (kind === 7) return graph.node('Sub', [right, left]);
  throw new Error(`layer ${layer.name}: calculation ${kind} cannot be converted`);
}

function weightedSum({ graph, layer, inputs }: Site): Value {
  if (layer.number(0, 0) !== 1) throw new Error(`layer ${layer.name}: only sums can be converted`);
  const factors = layer.numbers(1);
  return inputs
    .map((input, index) => {
      const factor = factors[index] ?? 1;
      return factor === 1 ? input : graph.node('Mul', [input, graph.constant('float', [], [factor])]);
    })
    .reduce((sum, each) => graph.node('Add', [sum, each]));
}
