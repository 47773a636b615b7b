import type { Graph, Value } from './graph.ts';

/** Weights of a square, odd-sized convolution, in the order out, in, row, column. */
export interface Kernel {
  size: number;
  inputs: number;
  outputs: number;
  weights: Float32Array;
  bias: Float32Array;
}

/** Adds "enlarge by repeating pixels, then convolve 3×3" as one convolution at the small size and DepthToSpace.
 *
 * A tap of the large picture at phase p and offset d reads the small pixel floor((p + d) / factor), so the taps of each phase add up
 * to a 3×3 kernel of its own. Zero padding stays zero padding. Exact up to rounding; at ×4 it avoids tensors 16 times as large. */
export function foldEnlarging(graph: Graph, input: Value, kernel: Kernel, factor: number): Value {
  if (kernel.size !== 3)
    throw new Error(`cannot fold an enlargement into a ${kernel.size}×${kernel.size} kernel`);
  const { inputs, outputs } = kernel;
  const phases = factor * factor;
  const weights = new Float32Array(outputs * phases * inputs * 9);
  const bias = new Float32Array(outputs * phases);
  for (let o = 0; o < outputs; o++) {
    for (let phase = 0; phase < phases; phase++) {
      // DepthToSpace in CRD order reads channel (output, row phase, column phase).
      const channel = o * phases + phase;
      bias[channel] = kernel.bias[o] ?? 0;
      for (let tap = 0; tap < 9; tap++) {
        const row = Math.floor((Math.floor(phase / factor) + Math.floor(tap / 3) - 1) / factor) + 1;
        const column = Math.floor(((phase % factor) + (tap % 3) - 1) / factor) + 1;
        for (let i = 0; i < inputs; i++) {
          const target = (channel * inputs + i) * 9 + row * 3 + column;
          weights[target] = (weights[target] ?? 0) + (kernel.weights[(o * inputs + i) * 9 + tap] ?? 0);
        }
      }
    }
  }
  const small = graph.node(
    'Conv',
    [
      input,
      graph.constant('float', [outputs * phases, inputs, 3, 3], weights),
      graph.constant('float', [outputs * phases], bias),
    ],
    { kernel_shape: { integers: [3, 3] }, pads: { integers: [1, 1, 1, 1] } },
  );
  return graph.node('DepthToSpace', [small], { blocksize: { integer: factor }, mode: { text: 'CRD' } });
}
