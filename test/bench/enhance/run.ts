/** One ENHANCE UPSCALE 2x in a process of its own, so that its memory can be told from the bench's. Prints frames a second, and the
 * milliseconds until the first frame was done. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoFacts } from '../../../dsl/facts.ts';
import { createEnhance } from '../../../workers/enhance.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { createProber } from '../../../workers/ffmpeg/prober.ts';
import type { Desk, Produced } from '../../../workers/handler.ts';
import { createModelStore } from '../../../workers/models/store.ts';
import { slim } from '../../workers/models/slim.ts';

const { home, path, model } = JSON.parse(process.argv[2] ?? '{}') as {
  home: string;
  path: string;
  model: string;
};
const media = toolsOf(await findTools({}));
const prober = createProber(media);
const registry = async () => {
  throw new Error('the model should be here');
};
const probeProviders = async () => [
  { provider: 'cpu' as const, works: true, milliseconds: 1, problem: null },
];
const handler = createEnhance({
  media,
  prober,
  models: createModelStore({ home, registry, models: [slim('')] }),
  probeProviders,
});

const facts = (await prober.probe(path)) as VideoFacts;
const start = performance.now();
let first = 0;
const desk: Desk = {
  job: 'j1',
  workspace: 'bench',
  group: 'g1',
  attempt: 1,
  inputs: [{ role: 'operand', path, hash: '', kind: 'video', facts, recipe: null }],
  scratch: await mkdtemp(join(home, 'scratch-')),
  exportRoot: '/nonexistent',
  signal: new AbortController().signal,
  recipe: 'ENHANCE',
  workKey: '0'.repeat(64),
  progress: () => {
    first ||= performance.now() - start;
  },
  log: () => {},
};
const { details } = (await handler(
  { upscale: 2, denoise: null, interpolate: null, model, interpolator: null },
  desk,
)) as Produced;
process.stdout.write(JSON.stringify({ fps: details.framesPerSecond, first }));
