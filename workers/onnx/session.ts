import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Provider } from './provider.ts';

export interface SessionOptions {
  file: string;
  provider: Provider;
  /** Threads of one run on the CPU. */
  threads: number;
}

/** A frame as ffmpeg writes it: three bytes a pixel. */
export interface Frame {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A loaded network that takes one or more frames of one size, and a time where it has an input for that. */
export interface Session {
  /** The result's bytes are the caller's, to be freed at once when done with: the runtime makes new ones each time. */
  run(frames: readonly Frame[], time: number): Promise<Frame>;
}

/** Loads an ONNX file. Only child processes call this: a run blocks its thread, and a crash of a provider takes its process along.
 *
 * Threads never spin: with several sessions on few cores spinning made a run 47 instead of 17 ms. Memory is not laid out by a pattern:
 * runs take as long and 22 MB less (120 against 97 MB for a process of esrgan-slim at 160×90). */
export async function openSession(options: SessionOptions): Promise<Session> {
  const session = await InferenceSession.create(options.file, {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const output = session.outputNames[0];
  if (output === undefined) throw new Error('the network gives nothing');

  return {
    async run(frames, time) {
      const left = [...frames];
      const feeds: Record<string, Tensor> = {};
      for (const input of session.inputMetadata) {
        if (!input.isTensor) throw new Error(`the network wants something unknown: ${input.name}`);
        if (input.type === 'uint8') {
          const frame = left.shift();
          if (!frame) throw new Error('the network wants more frames than were given');
          feeds[input.name] = new Tensor('uint8', frame.data, [1, frame.height, frame.width, 3]);
        } else {
          feeds[input.name] = new Tensor('float32', Float32Array.of(time), [1]);
        }
      }
      const result = (await session.run(feeds))[output];
      const [, height, width] = result?.dims ?? [];
      if (!result || height === undefined || width === undefined || !(result.data instanceof Uint8Array)) {
        throw new Error('the network does not give a frame');
      }
      return { width, height, data: result.data };
    },
  };
}
