/** A worker in a process of its own: does what the GPU lane has to do, until it is killed. */

import { openLog } from '../../../engine/log.ts';
import { openServed } from '../../../engine/served.ts';
import { createEnhance } from '../../../workers/enhance.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { createProber } from '../../../workers/ffmpeg/prober.ts';
import type { Handler } from '../../../workers/handler.ts';
import { startLanes } from '../../../workers/lanes.ts';
import { createModelStore } from '../../../workers/models/store.ts';
import { slow } from './slow.ts';

const { url, home, name } = JSON.parse(process.argv[2] ?? '{}') as Record<'url' | 'home' | 'name', string>;
const media = toolsOf(await findTools({}));
const parts = await openServed(url, home);
const registry = async () => {
  throw new Error('the model should be here');
};
const cpu = [{ provider: 'cpu' as const, works: true, milliseconds: 1, problem: null }];
const enhance = createEnhance({
  ...{ media, prober: createProber(media), probeProviders: async () => cpu },
  models: createModelStore({ home, registry, models: [slow('')] }),
});
await startLanes(parts, {
  ...{ handlers: { enhance: enhance as Handler }, slots: { gpu: 1 }, scratch: parts.scratch, worker: name },
  ...{ lease: 6000, beat: 250 },
  log: openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now }),
});
