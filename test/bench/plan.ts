import { performance } from 'node:perf_hooks';

import { catalogue } from '../../dsl/catalogue.ts';
import { compile } from '../../dsl/compile.ts';
import { createParser } from '../../dsl/parse.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import { sampleWorld } from '../fakes/world.ts';
import type { Measured } from './measured.ts';

/** Parse, check and plan: ten statements warm, ten thousand at once, and whether the cost grows with the length only. */
export async function bench(): Promise<Measured[]> {
  const parse = createParser(vocabularyOf(catalogue));
  const world = sampleWorld();
  const plan = (source: string): number => {
    const started = performance.now();
    const compiled = compile({ source, ...parse(source) }, catalogue, world);
    const took = performance.now() - started;
    if (compiled.plan === null) throw new Error(compiled.diagnostics[0]?.message ?? 'no plan');
    return took;
  };
  const ten = statements(10);
  for (let round = 0; round < 300; round += 1) plan(ten);
  const small = median(Array.from({ length: 200 }, () => plan(ten)));
  const [half, whole, chain] = [statements(5_000), statements(10_000), chained(10_000)];
  const halfTook = median([plan(half), plan(half), plan(half)]);
  const wholeTook = median([plan(whole), plan(whole), plan(whole)]);
  return [
    { name: 'plan 10 statements, warm, median', value: small, unit: 'ms', goal: '<= 1' },
    { name: 'plan 10,000 statements', value: wholeTook / 1000, unit: 's', goal: '<= 1.5' },
    {
      name: 'plan 10,000 statements',
      value: wholeTook / halfTook,
      unit: '×',
      goal: '<= 2.6',
      against: '5,000 statements',
    },
    { name: 'plan a chain of 10,000 statements', value: plan(chain) / 1000, unit: 's', goal: '<= 1.5' },
  ];
}

/** What people write: scenes, a file, enhancing, trimming, stitching. */
function statements(count: number): string {
  const kinds = [
    (n: number) =>
      `GENERATE "boats in the harbour, take ${n}" DURATION 6s WEATHER fog TIME dusk AS scene${n};`,
    (n: number) => `ENHANCE scene${n - 1} UPSCALE 2x DENOISE 20 AS large${n};`,
    (n: number) => `TRIM large${n - 1}[1s..5s] AS part${n};`,
    (n: number) =>
      `STITCH part${n - 1} + v12 + "clips/run.mp4"[2s..6s] TRANSITION fade 0.5s TO out/film${n}.mp4;`,
    (n: number) =>
      `GRADE v1 TEMPERATURE ${4000 + (n % 5000)}K CONTRAST 10% GRAIN 20% | ENHANCE INTERPOLATE 60fps;`,
  ];
  return Array.from({ length: count }, (_, index) => kinds[index % kinds.length]!(index)).join('\n');
}

/** Each made from the one before: recipes must not grow with the square. */
function chained(count: number): string {
  const lines = Array.from(
    { length: count - 1 },
    (_, index) => `GRADE cut${index} CONTRAST ${(index % 50) + 1}% AS cut${index + 1};`,
  );
  return ['GENERATE "fog" AS cut0;', ...lines].join('\n');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
