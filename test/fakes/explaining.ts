import { catalogue } from '../../dsl/catalogue.ts';
import type { Explaining } from '../../engine/jobs/explain.ts';

/** What an explanation is told of a machine that does one job of a lane at a time and has so many bytes left. */
export function explaining(free: number | null = null): Explaining {
  return { catalogue, slots: async () => ({ gpu: 1, cpu: 1, net: 1 }), free: async () => free };
}
