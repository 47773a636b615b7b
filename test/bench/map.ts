import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { catalogue } from '../../dsl/catalogue.ts';
import { compile } from '../../dsl/compile.ts';
import { createParser } from '../../dsl/parse.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { World } from '../../dsl/world.ts';
import { clip, sampleWorld } from '../fakes/world.ts';
import type { Measured } from './measured.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const statement =
  'FROM videos | MAP ( GRADE LOOK noir | ENHANCE DENOISE 20 TO "out/{id}.mp4" ) AT MOST 4 | REDUCE STITCH TO out/all.mp4';

/** Plans a MAP over ten thousand clips, and asks whether time and memory grow with their number only. */
export async function bench(): Promise<Measured[]> {
  const parse = createParser(vocabularyOf(catalogue));
  const parsed = { source: statement, ...parse(statement) };
  const plan = (clips: number) => {
    const world = worldOf(clips);
    collect();
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const compiled = compile(parsed, catalogue, world);
    const took = performance.now() - started;
    collect();
    const memory = process.memoryUsage().heapUsed - before;
    const steps = compiled.plan?.steps.length ?? 0;
    if (steps < clips * 3) throw new Error(compiled.diagnostics[0]?.message ?? `only ${steps} steps`);
    return { took, memory };
  };
  // The least of five: what the program keeps once and for all, and what the collector left for later, is no cost of a plan.
  const least = (clips: number) => {
    const runs = Array.from({ length: 5 }, () => plan(clips));
    return {
      took: Math.min(...runs.map((run) => run.took)),
      memory: Math.min(...runs.map((run) => run.memory)),
    };
  };
  plan(1000);
  const [half, whole] = [least(5000), least(10_000)];
  return [
    { name: 'plan a MAP over 10,000 clips', value: whole.took / 1000, unit: 's', goal: '<= 2' },
    {
      name: 'plan a MAP over 10,000 clips',
      value: whole.took / half.took,
      unit: '×',
      goal: '<= 2.6',
      against: '5,000 clips',
    },
    {
      name: 'memory of a plan for 10,000 clips',
      value: whole.memory / half.memory,
      unit: '×',
      goal: '<= 2.2',
      against: '5,000 clips',
    },
  ];
}

function worldOf(clips: number): World {
  const items = Array.from({ length: clips }, (_, index) => {
    const id = `v${index + 1}`;
    return { ...clip(id, { duration: 1 + (index % 50) }), id, fields: { id } };
  });
  const answers = new Map<string, never>();
  answers.get = () => ({ items }) as never;
  return sampleWorld({ queries: answers });
}
