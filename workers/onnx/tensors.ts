import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What goes into a network beside frames: bytes of a picture, or numbers. */
export interface Numbers {
  shape: readonly number[];
  data: Uint8Array | Float32Array;
}

/** A loaded network with one input; gives its outputs in the order of the file. */
export type Tensors = (input: Numbers) => Promise<Float32Array[]>;

/** Loads an ONNX file on the CPU with one thread, for networks of some milliseconds. Only child processes call this: a run blocks its thread. */
export async function openTensors(file: string): Promise<Tensors> {
  const session = await InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  const [name = ''] = session.inputNames;
  return async ({ shape, data }) => {
    const tensor =
      data instanceof Float32Array ? new Tensor('float32', data, shape) : new Tensor('uint8', data, shape);
    const results = await session.run({ [name]: tensor });
    return session.outputNames.map((output) => results[output]?.data as Float32Array);
  };
}
