import { availableParallelism } from 'node:os';
import type { EnhanceArguments } from '../dsl/arguments.ts';
import type { Prober } from '../engine/prober.ts';
import { type Networks, openNetworks } from './enhance/networks.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import type { Desk, Handler } from './handler.ts';
import type { ModelStore } from './models/store.ts';
import { fastest, type ProviderReport } from './onnx/probe.ts';
import { workOnFrames } from './pass/frame-work.ts';

export interface EnhanceTools {
  media: MediaTools;
  prober: Prober;
  models: ModelStore;
  /** Asked once, when a network is first needed. */
  probeProviders: () => Promise<ProviderReport[]>;
  /** Cores to use; all by default. */
  cores?: number;
  /** Work that a piece of a long clip has, as `piecesOf` reckons; the usual by default. */
  pieceSeconds?: number;
}

/** ENHANCE: takes out noise, adds frames, enlarges, all in one pass of frames from ffmpeg through the networks to ffmpeg.
 *
 * In this order: noise first, since networks sharpen it; then frames are added while they are small, where motion is small too; then each
 * is enlarged. Sound is copied. A clip whose rate varies gets a constant one: frames are repeated or dropped, and it is said. */
export function createEnhance(tools: EnhanceTools): Handler<EnhanceArguments> {
  const open = networkOpener(tools);
  return ({ part = null, ...args }, desk) => {
    const stages = [{ do: 'enhance' as const, args }];
    return workOnFrames({ ...tools, open }, { stages, fitted: null, part, output: 'enhanced.mp4' }, desk);
  };
}

/** A way to start the networks that an ENHANCE needs, on the fastest of what this machine has. */
export function networkOpener(
  tools: EnhanceTools,
): (args: EnhanceArguments, desk: Desk) => Promise<Networks> {
  let provider: Promise<ReturnType<typeof fastest>> | undefined;
  const cores = tools.cores ?? availableParallelism();
  return async (args, desk) => {
    // A probe that cannot be made, for want of a temporary folder say, leaves the CPU.
    provider ??= tools.probeProviders().then(fastest, () => 'cpu');
    return openNetworks(args, tools.models, { provider: await provider, cores }, desk);
  };
}
