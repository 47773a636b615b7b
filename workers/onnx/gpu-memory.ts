import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { startChild } from '../process/child.ts';
import type { Provider } from './provider.ts';

/** What the machine says of itself. */
export interface Sources {
  /** Of a program that is run; empty where there is none. */
  told(program: string, args: readonly string[]): Promise<string>;
  /** Of each file of a pattern of `/sys`: one card's each. */
  cards(): Promise<string[]>;
}

/** Bytes of memory of the largest graphics processor on which a provider runs networks; null where the machine does not say, and for the CPU. */
export async function gpuMemory(provider: Provider, sources: Sources): Promise<number | null> {
  if (provider === 'cpu') return null;
  // In MiB, a line each: https://docs.nvidia.com/deploy/nvidia-smi
  const nvidia = await sources.told('nvidia-smi', [
    '--query-gpu=memory.total',
    '--format=csv,noheader,nounits',
  ]);
  const sizes = numbersOf(nvidia).map((mib) => mib * 2 ** 20);
  // CUDA is NVIDIA's only. In bytes: https://docs.kernel.org/gpu/amdgpu/driver-misc.html#mem-info-vram-total
  if (provider !== 'cuda') for (const card of await sources.cards()) sizes.push(...numbersOf(card));
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** Asks a program, which has two seconds. */
export async function toldBy(program: string, args: readonly string[]): Promise<string> {
  const child = startChild(program, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    signal: AbortSignal.timeout(2000),
  });
  const said = text(child.process.stdout as Readable).catch(() => '');
  return child.ended.then(
    async ({ code }) => (code === 0 ? said : ''),
    () => '',
  );
}

function numbersOf(lines: string): number[] {
  return lines.split('\n').flatMap((line) => (/^\d+$/.test(line.trim()) ? Number(line.trim()) : []));
}
