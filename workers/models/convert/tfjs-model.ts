/** A TensorFlow.js layers model, read but not interpreted. */
export interface TfjsModel {
  name: string;
  /** Name of the input layer and of the layer whose value is the result. */
  input: string;
  output: string;
  /** In the order of the file, which is the order of computation; without the input layer. */
  layers: Layer[];
  weights: ReadonlyMap<string, Weight>;
}

export interface Layer {
  type: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
  inputs: string[];
}

export interface Weight {
  shape: number[];
  data: Float32Array;
}

interface Saved {
  modelTopology: {
    model_config: {
      config: {
        name: string;
        layers: {
          class_name: string;
          name: string;
          config: Record<string, unknown>;
          inbound_nodes: Inbound;
        }[];
        output_layers: [string, number, number][];
      };
    };
  };
  weightsManifest: { weights: SavedWeight[] }[];
}

type Inbound = [string, number, number, object][][];

export interface SavedWeight {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: 'uint8' | 'uint16'; scale: number; min: number };
}

/** Reads `model.json` and its shards, concatenated in the order of the manifest. Quantised weights become `q * scale + min`.
 * Throws when the shards are not exactly as long as the manifest says. */
export function tfjsModel(json: string, shards: Uint8Array): TfjsModel {
  const saved = JSON.parse(json) as Saved;
  const { name, layers, output_layers: outputs } = saved.modelTopology.model_config.config;
  const input = layers.find((layer) => layer.class_name === 'InputLayer');
  const output = outputs[0]?.[0];
  if (!input || !output) throw new Error('the model has no input or no output');

  const weights = readWeights(
    saved.weightsManifest.flatMap((group) => group.weights),
    shards,
  );

  return {
    name,
    input: input.name,
    output,
    layers: layers
      .filter((layer) => layer !== input)
      .map((layer) => ({
        type: layer.class_name,
        name: layer.name,
        config: layer.config,
        inputs: (layer.inbound_nodes[0] ?? []).map(([from]) => from),
      })),
    weights,
  };
}

/** Every weight of a manifest by name, out of its shards, which must be exactly as long as it says. Whole numbers are given as floats. */
export function readWeights(saved: readonly SavedWeight[], shards: Uint8Array): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const weight of saved) {
    const length = weight.shape.reduce((product, size) => product * size, 1);
    const bytes = length * bytesEach(weight);
    if (offset + bytes > shards.length) throw new Error(`the weights end inside ${weight.name}`);
    weights.set(weight.name, {
      shape: weight.shape,
      // Copied: the numbers must begin where a buffer begins.
      data: numbers(weight, new Uint8Array(shards.subarray(offset, offset + bytes)).buffer),
    });
    offset += bytes;
  }
  if (offset !== shards.length) throw new Error(`${shards.length - offset} bytes follow the last weight`);
  return weights;
}

function bytesEach({ dtype, quantization, name }: SavedWeight): number {
  if (quantization) return quantization.dtype === 'uint8' ? 1 : 2;
  if (dtype !== 'float32' && dtype !== 'int32') throw new Error(`weight ${name}: cannot read ${dtype}`);
  return 4;
}

function numbers({ dtype: type, quantization }: SavedWeight, buffer: ArrayBuffer): Float32Array {
  if (!quantization)
    return type === 'int32' ? Float32Array.from(new Int32Array(buffer)) : new Float32Array(buffer);
  const { dtype, scale, min } = quantization;
  const quantised = dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer);
  return Float32Array.from(quantised, (each) => each * scale + min);
}
