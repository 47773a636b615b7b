import { catalogue } from '../../dsl/catalogue.ts';
import { createParser } from '../../dsl/parse.ts';
import { print } from '../../dsl/print.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { Measured } from './measured.ts';

/** What reading alone costs: text to AST. The goals leave checking and planning half of the millisecond that the three have together. */
export async function bench(): Promise<Measured[]> {
  const vocabulary = vocabularyOf(catalogue);
  const started = performance.now();
  const parser = createParser(vocabulary);
  const construction = performance.now() - started;
  for (let round = 0; round < 200; round++) parser(ten);
  const warm = median(200, () => parser(ten));
  const thousand = median(5, () => parser(ten.repeat(100)));
  const tenThousand = median(5, () => parser(ten.repeat(1000)));
  const { script } = parser(ten);
  return [
    { name: 'parser construction, once a process', value: construction, unit: 'ms', goal: '<= 100' },
    { name: 'parse 10 statements, warm', value: warm, unit: 'ms', goal: '<= 1' },
    { name: 'parse 10,000 statements', value: tenThousand / 1000, unit: 's', goal: '<= 0.75' },
    {
      name: 'parse 10,000 statements, cost a statement',
      value: tenThousand / 10 / thousand,
      unit: 'x',
      goal: '<= 2',
      against: 'a statement among 1,000',
    },
    { name: 'print 10 statements', value: median(200, () => print(script)), unit: 'ms', goal: '<= 0.1' },
    { name: 'refuse 1 MB of (', value: median(5, () => parser('('.repeat(1e6))), unit: 'ms', goal: '<= 100' },
    {
      name: 'read 1 MB of ( in statements of 60,000',
      value: median(3, () => parser(floods)),
      unit: 'ms',
      goal: '<= 1000',
    },
  ];
}

const ten = `GENERATE "a harbour at dawn, light fog, two boats" DURATION 8s SIZE 1280x720 CAMERA (lens 35mm, aperture f/2.8, move pan-left) AS dawn;
GENERATE "the same harbour at night, rain" DURATION 6s WEATHER rain TIME night AS night;
ENHANCE "clips/run.mp4" UPSCALE 2x DENOISE 20 AS run;
TRIM run[1s..4.5s] AS short;
GRADE short TEMPERATURE 5600K EXPOSURE +0.3 CONTRAST 10% AS warm;
STITCH dawn + warm + night TRANSITION fade 0.5s TO out/harbour.mp4 ? https://example.com/x?y=1&z=2;
SHOW GROUPS;
FIND GROUP g7;
SET crawler.delay 2s;
EXPLAIN STITCH v12 + v19[2s..6s] + hd TO out.mp4;
`;

const floods = `${'('.repeat(60_000)};`.repeat(17);

/** Milliseconds. */
function median(rounds: number, work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((one, other) => one - other)[rounds >> 1] ?? 0;
}
