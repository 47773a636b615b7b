import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import { createGraph } from '../models/convert/graph.ts';
import { readPicture, writePicture } from '../models/convert/picture.ts';
import { type Provider, providers } from './provider.ts';
import { startNetwork } from './start.ts';

/** What came of trying a provider. */
export interface ProviderReport {
  provider: Provider;
  works: boolean;
  /** Of one run of a small network once warm; null when it does not work. */
  milliseconds: number | null;
  /** Why it does not work, in its own words; null when it does. */
  problem: string | null;
}

const side = 96;
const channels = 32;
const patience = 30_000;

/** Tries every execution provider in a throwaway process, so that one that crashes or hangs harms nobody: it loads a small network of
 * convolutions, runs it, and must give the numbers that arithmetic gives. */
export async function probeProviders(signal?: AbortSignal): Promise<ProviderReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchai-probe-'));
  try {
    const file = join(folder, 'probe.onnx');
    await writeFile(file, probeNetwork());
    const reports: ProviderReport[] = [];
    // One after the other, so that they do not disturb each other's times.
    for (const provider of providers) reports.push(await probe(provider, file, signal));
    return reports;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The provider to use: the fastest that works. A software WebGPU, for one, works and is slower than the CPU. */
export function fastest(reports: readonly ProviderReport[]): Provider {
  const working = reports.filter((report) => report.works);
  working.sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0));
  return working[0]?.provider ?? 'cpu';
}

async function probe(provider: Provider, file: string, signal?: AbortSignal): Promise<ProviderReport> {
  const limit = AbortSignal.timeout(patience);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const best = await whileOpen(async (opened) => {
      let best = Number.POSITIVE_INFINITY;
      const network = opened.add(
        await startNetwork(
          'probe',
          { file, provider, threads: 2, tiles: { pixels: side * side, overlap: 0 } },
          either,
        ),
      );
      const frame = new Uint8Array(side * side * 3).fill(100);
      for (let round = 0; round < 4; round++) {
        const before = network.busy();
        const { data } = await network.run([frame], { width: side, height: side });
        if (round > 0) best = Math.min(best, network.busy() - before);
        // Away from the edges every value is the input's again: see `probeNetwork`.
        const middle = data[(side * (side / 2) + side / 2) * 3] ?? 0;
        if (Math.abs(middle - 100) > 1) throw new Error(`it computes ${middle} where 100 is right`);
      }
      return best;
    });
    return { provider, works: true, milliseconds: best, problem: null };
  } catch (error) {
    signal?.throwIfAborted();
    return { provider, works: false, milliseconds: null, problem: told(error, limit) };
  }
}

/** Three convolutions that spread a pixel over all channels and average it again, so that a flat picture stays as it is. */
function probeNetwork(): Uint8Array {
  const graph = createGraph('probe');
  const { port, value } = readPicture(graph, 'frame', 255);
  const layer = (input: string, inputs: number, outputs: number) =>
    graph.node(
      'Conv',
      [
        input,
        graph.constant(
          'float',
          [outputs, inputs, 3, 3],
          new Float32Array(outputs * inputs * 9).fill(1 / (inputs * 9)),
        ),
      ],
      { kernel_shape: { integers: [3, 3] }, pads: { integers: [1, 1, 1, 1] } },
    );
  const result = layer(layer(layer(value, 3, channels), channels, channels), channels, 3);
  return graph.finish([port], [writePicture(graph, result, 255)]);
}

function told(error: unknown, limit: AbortSignal): string {
  if (limit.aborted) return `it did not answer within ${patience / 1000} s`;
  const failure = error instanceof Failure ? (error.cause ?? error) : error;
  const text = failure instanceof Error ? failure.message : String(failure);
  // The library puts its source files and conditions before what it has to say.
  return text
    .replace(/^.*(?:probe\.onnx: | was false\. )/s, '')
    .replace(/^OrtSession\w+: /, '')
    .slice(0, 160);
}
