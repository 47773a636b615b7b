import type { EnhanceArguments } from '../../dsl/arguments.ts';
import { openTogether } from '../../engine/opened.ts';
import type { Desk } from '../handler.ts';
import type { FrameModel } from '../models/model.ts';
import type { ModelStore } from '../models/store.ts';
import type { Provider } from '../onnx/provider.ts';
import { openPool, type Pool } from './pool.ts';

/** The networks that one job needs, running. */
export interface Networks extends AsyncDisposable {
  upscaler: Pool | null;
  interpolator: Pool | null;
  /** What was chosen, to be kept with the result. */
  details: { provider: string; workers: number; threads: number } | null;
}

/** Fetches what is missing and starts what is needed. Cores are shared among all processes; a GPU gets one process a network. */
export async function openNetworks(
  args: EnhanceArguments,
  store: ModelStore,
  machine: { provider: Provider; cores: number },
  desk: Pick<Desk, 'signal' | 'progress'>,
): Promise<Networks> {
  const wanted = [
    ...(args.upscale !== null && args.model !== null ? [wish(args.model, `x${args.upscale}`)] : []),
    ...(args.interpolate !== null && args.interpolator !== null ? [wish(args.interpolator, 'frame')] : []),
  ];
  const found: { model: FrameModel; file: string }[] = [];
  for (const { name, variant } of wanted) {
    const model = store.model(name, variant);
    if (!('tilePixels' in model)) throw new Error(`${name} makes no frames`);
    const file = await store.path(name, variant, {
      signal: desk.signal,
      onProgress: (fraction, note) => desk.progress({ fraction: 0, note: `${note} ${percent(fraction)}` }),
    });
    found.push({ model, file });
  }

  const total = processesOf(machine);
  const workers = Math.max(1, Math.floor(total / Math.max(1, found.length)));
  const threads = Math.max(1, Math.floor(machine.cores / total));
  return openTogether(async (opened) => {
    const pools: { task: FrameModel['task']; pool: Pool }[] = [];
    for (const { model, file } of found) {
      const pool = opened.add(
        await openPool({ model, file, provider: machine.provider, workers, threads, signal: desk.signal }),
      );
      pools.push({ task: model.task, pool });
    }
    const first = pools[0]?.pool;
    return {
      upscaler: pools.find(({ task }) => task === 'upscale')?.pool ?? null,
      interpolator: pools.find(({ task }) => task === 'interpolate')?.pool ?? null,
      details: first ? { provider: first.provider, workers: workers * pools.length, threads } : null,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** How many processes run the networks of a job: those of one network on the CPU, or one of each. */
export function processesOf({ provider, cores }: { provider: Provider; cores: number }): number {
  return provider === 'cpu' ? Math.min(2, cores) : 1;
}

function wish(name: string, variant: string): { name: string; variant: string } {
  return { name, variant };
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}
