import { showBytes, showTook } from '../amounts.ts';
import { clip, columnsOf } from '../width.ts';
import type { Analysed, Analysis } from './analyse.ts';
import { predictedText } from './predicted-text.ts';

/** So many jobs are told, those that took longest. */
const told = 40;

/** An analysis for people: each job with its lane, below it what was planned and what was measured, in columns; at the end the totals. */
export function analysisText(analysis: Analysis, columns = Number.POSITIVE_INFINITY): string {
  const shown = slowest(analysis.jobs);
  const pairs = shown.map((job) => [plannedCells(job), measuredCells(job)] as const);
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...pairs.flat().map((cells) => columnsOf(cells[at]!))));
  const line = (head: string, cells: readonly string[]) =>
    `  ${head}  ${cells.map((cell, at) => cell + ' '.repeat(widths[at]! - columnsOf(cell))).join('  ')}`.trimEnd();
  const lines = shown.flatMap(({ measured: { job, title, lane } }, index) => [
    clip(`${job} ${title} · ${lane}`, columns),
    line('planned ', pairs[index]![0]),
    line('measured', pairs[index]![1]),
  ]);
  const more = analysis.jobs.length - shown.length;
  return [
    ...lines,
    ...(more === 0 ? [] : [`and ${more} more that took less`]),
    '',
    ...closing(analysis),
  ].join('\n');
}

function slowest(jobs: readonly Analysed[]): Analysed[] {
  if (jobs.length <= told) return [...jobs];
  const kept = new Set(
    jobs.toSorted((a, b) => (b.measured.seconds ?? 0) - (a.measured.seconds ?? 0)).slice(0, told),
  );
  return jobs.filter((job) => kept.has(job));
}

/** What becomes of it, how long it takes, what it makes, how many bytes. */
function plannedCells({ planned }: Analysed): string[] {
  if (planned === null) return ['not known beforehand', '', '', ''];
  const { verdict, reason, result, expected, predicted } = planned;
  return [
    verdict === 'recalled' ? `recalled${result === null ? '' : ` as ${result}`}` : `runs: ${reason}`,
    expected ? `≈ ${showTook(expected.seconds)}` : verdict === 'runs' ? 'no history yet' : '',
    predictedText(predicted),
    expected && expected.bytes !== null ? `≈ ${showBytes(expected.bytes)}` : '',
  ];
}

function measuredCells({ measured, fps }: Analysed): string[] {
  const { state, recalled, attempts, result, seconds, waited, facts, failure } = measured;
  const fate =
    state !== 'done'
      ? [state, failure].filter((part) => part !== null).join(': ')
      : recalled
        ? `recalled${result === null ? '' : ` as ${result}`}`
        : result === null
          ? 'ran'
          : `ran, made ${result}`;
  const took = recalled || seconds === null ? '' : showTook(seconds);
  return [
    attempts > 1 ? `${fate}, ${attempts} attempts` : fate,
    [took, waited === null || waited < 0.05 ? '' : `after ${showTook(waited)} of waiting`]
      .filter((part) => part !== '')
      .join(' '),
    predictedText(facts),
    [
      facts?.bytes === undefined ? '' : showBytes(facts.bytes),
      fps === null ? '' : `${Number(fps.toPrecision(3))} frames a second`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  ];
}

function closing({ group, totals }: Analysis): string[] {
  const { ran, recalled, failed, seconds, elapsed, expected, unknown, bytes, expectedBytes } = totals;
  const counts = [
    `${ran} ran`,
    ...(recalled > 0 ? [`${recalled} recalled`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
  const planned = expected === 0 ? 'no history yet' : `≈ ${showTook(expected)} expected`;
  const missing =
    expected > 0 && unknown > 0 ? ` (nothing was known of ${unknown} ${unknown === 1 ? 'job' : 'jobs'})` : '';
  return [
    `${group}: ${counts}; over after ${showTook(elapsed)}`,
    ...(ran + failed === 0 ? [] : [`work ${showTook(seconds)}, ${planned}${missing}`]),
    ...(bytes === 0
      ? []
      : [
          `results ${showBytes(bytes)}${expectedBytes === 0 ? '' : `, ≈ ${showBytes(expectedBytes)} expected`}`,
        ]),
  ];
}
