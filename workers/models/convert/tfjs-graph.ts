import type { Graph, Port, Value } from './graph.ts';
import { createGraph } from './graph.ts';
import { readWeights, type SavedWeight, type Weight } from './tfjs-model.ts';

interface Node {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, Attribute>;
}

interface Attribute {
  list?: { i?: string[]; s?: string[] };
  s?: string;
  shape?: { dim: { size: string }[] };
}

interface Saved {
  modelTopology: { node: Node[] };
  weightsManifest: { weights: SavedWeight[] }[];
}

/** Turns a TensorFlow.js graph model that looks at one square picture into ONNX. It takes the picture as ffmpeg writes it (uint8, [1, side, side, 3], RGB),
 * makes -1 to 1 of it, and gives what the graph gives, in its layout (NHWC) and order.
 *
 * Data stays NCHW inside, kernels go from HWIO to OIHW; SAME is TensorFlow's, which pads more at the end. Throws on any operator that it does not
 * know exactly. */
export function convertTfjsGraph(json: string, shards: Uint8Array): Uint8Array {
  const saved = JSON.parse(json) as Saved;
  const weights = readWeights(
    saved.weightsManifest.flatMap((group) => group.weights),
    shards,
  );
  const graph = createGraph('graph');
  const values = new Map<string, Value>();
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  for (const node of inOrder(saved.modelTopology.node)) {
    const [first = '', second = '', third = ''] = node.input ?? [];
    const value = (name: string): Value => {
      const found = values.get(name);
      if (found === undefined) throw unknown(node, `an input ${name} that is a constant`);
      return found;
    };
    const weight = (name: string): Weight => {
      const found = weights.get(name);
      if (!found) throw new Error(`the weights ${name} are missing`);
      return found;
    };
    const give = (result: Value) => values.set(node.name, result);
    switch (node.op) {
      case 'Const':
        break;
      case 'Placeholder': {
        const side = Number(node.attr?.shape?.shape?.dim[1]?.size ?? 0);
        inputs.push({ value: 'picture', type: 'uint8', shape: [1, side, side, 3] });
        give(signed(graph, 'picture'));
        break;
      }
      case '_FusedConv2D':
        give(convolve(graph, value(first), node, weight(second), weight(third)));
        break;
      case 'DepthwiseConv2dNative':
        give(convolve(graph, value(first), node, weight(second), null));
        break;
      case 'AddV2':
        give(graph.node('Add', [value(first), value(second)]));
        break;
      case 'Relu':
        give(graph.node('Relu', [value(first)]));
        break;
      case 'MaxPool':
        give(graph.node('MaxPool', [value(first)], { kernel_shape: square(node, 'ksize'), ...moving(node) }));
        break;
      case 'Pad':
        give(graph.node('Pad', [value(first), pads(graph, weight(second))]));
        break;
      case 'Reshape': {
        const flat = graph.node('Transpose', [value(first)], { perm: { integers: [0, 2, 3, 1] } });
        const { data } = weight(second);
        give(graph.node('Reshape', [flat, graph.constant('int64', [data.length], data)]));
        break;
      }
      case 'Identity':
        outputs.push({ value: value(first), type: 'float', shape: [1, 'places', 'numbers'] });
        break;
      default:
        throw unknown(node, node.op);
    }
  }
  return graph.finish(inputs, outputs);
}

/** Whatever a node reads before the node. */
function inOrder(nodes: readonly Node[]): Node[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const ordered = new Set<Node>();
  const visit = (node: Node): void => {
    if (ordered.has(node)) return;
    for (const name of node.input ?? []) {
      const before = byName.get(name);
      if (before) visit(before);
    }
    ordered.add(node);
  };
  for (const node of nodes) visit(node);
  return [...ordered];
}

/** Bytes of pixels as numbers from -1 to 1, planes first. */
function signed(graph: Graph, picture: Value): Value {
  const planes = graph.node('Transpose', [picture], { perm: { integers: [0, 3, 1, 2] } });
  const numbers = graph.node('Cast', [planes], { to: { integer: 1 } });
  const scaled = graph.node('Mul', [numbers, graph.constant('float', [], [1 / 127.5])]);
  return graph.node('Sub', [scaled, graph.constant('float', [], [1])]);
}

/** A kernel [height, width, inputs, outputs], or of depth [height, width, channels, 1], where each channel is by itself. */
function convolve(graph: Graph, input: Value, node: Node, kernel: Weight, bias: Weight | null): Value {
  const [height = 0, width = 0, third = 0, fourth = 0] = kernel.shape;
  const deep = bias === null;
  if (deep && fourth !== 1) throw unknown(node, `${fourth} outputs a channel`);
  const fused = (node.attr?.fused_ops?.list?.s ?? []).map(text);
  if (!deep && fused[0] !== 'BiasAdd') throw unknown(node, fused.join(' '));
  const [outputs, inputs] = deep ? [third, 1] : [fourth, third];
  const result = graph.node(
    'Conv',
    [
      input,
      graph.constant('float', [outputs, inputs, height, width], outputsFirst(kernel, deep)),
      ...(bias === null ? [] : [graph.constant('float', [outputs], bias.data)]),
    ],
    {
      kernel_shape: { integers: [height, width] },
      group: { integer: deep ? third : 1 },
      ...moving(node),
    },
  );
  if (fused.length > 2 || (fused[1] ?? 'Relu') !== 'Relu') throw unknown(node, fused.join(' '));
  return fused[1] === 'Relu' ? graph.node('Relu', [result]) : result;
}

function moving(node: Node) {
  if (text(node.attr?.data_format?.s ?? '') !== 'NHWC') throw unknown(node, 'another layout than NHWC');
  const padding = text(node.attr?.padding?.s ?? '');
  if (padding !== 'SAME' && padding !== 'VALID') throw unknown(node, `padding ${padding}`);
  if ((node.attr?.dilations?.list?.i ?? []).some((each) => each !== '1')) throw unknown(node, 'dilation');
  return {
    strides: square(node, 'strides'),
    auto_pad: { text: padding === 'SAME' ? 'SAME_UPPER' : 'VALID' },
  };
}

/** The two in the middle of [1, height, width, 1]. */
function square(node: Node, key: string): { integers: number[] } {
  return { integers: (node.attr?.[key]?.list?.i ?? []).slice(1, 3).map(Number) };
}

/** [[before, after], …] of NHWC as all befores, then all afters, of NCHW. */
function pads(graph: Graph, { data }: Weight): Value {
  const order = [0, 3, 1, 2];
  const all = [0, 1].flatMap((side) => order.map((axis) => data[axis * 2 + side] ?? 0));
  return graph.constant('int64', [all.length], all);
}

/** HWIO as OIHW; of depth HWC1 as C1HW. */
function outputsFirst({ shape, data }: Weight, deep: boolean): Float32Array {
  const [height = 0, width = 0, third = 0, fourth = 0] = shape;
  const [inputs, outputs] = deep ? [1, third] : [third, fourth];
  const turned = new Float32Array(data.length);
  const area = height * width;
  for (let place = 0; place < area; place++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        turned[(o * inputs + i) * area + place] = data[(place * inputs + i) * outputs + o] ?? 0;
  return turned;
}

/** Texts stand in base64 in the JSON. */
function text(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString();
}

function unknown({ name }: Node, what: string): Error {
  return new Error(`${name}: cannot convert ${what}`);
}
