import { basename } from 'node:path';

import { showSeconds, showTook } from '../../../dsl/amounts.ts';
import type { Lane } from '../../../dsl/plan.ts';
import type { Card, CardJob } from '../../card.ts';
import { showFacts } from '../../value.ts';
import type { CardView } from '../card-view.ts';
import type { RunTold } from './run-view.ts';

/** `g7 · done in 12.5s`. */
export function endedTitle({ group, state, seconds, jobs }: Card): string {
  const failed = jobs.find(({ problem, state }) => state === 'failed' && problem !== null);
  const time = seconds === null ? '' : `${state === 'done' ? ' in' : ' after'} ${showSeconds(seconds)}`;
  return `${group} · ${state}${time}${failed === undefined ? '' : `: ${failed.problem!.message}`}`;
}

/** What came of a run: what it made, what it cost, what to do next. */
export function endedLines(told: RunTold): Pick<CardView, 'lines' | 'block' | 'footnote'> {
  const { card } = told;
  return card.state === 'done' ? doneLines(told) : stoppedLines(told);
}

function doneLines({
  card,
  media,
  more = [],
  cost,
  asIs,
}: RunTold): Pick<CardView, 'lines' | 'block' | 'footnote'> {
  const made = madeBy(card.jobs);
  const shown = media === null ? [] : [media, ...more];
  const others = made.flatMap(({ result }) => (shown.some(({ id }) => id === result) ? [] : [result!]));
  const [also, between] = [others.filter((id) => asIs.has(id)), others.filter((id) => !asIs.has(id))];
  const words = card.jobs.flatMap((job) => job.words);
  return {
    lines: [
      ...shown.slice(0, mostTold).map(({ id, facts }) => `${id}: ${showFacts(facts)}`),
      shown.length > mostTold ? `FIND ${card.group} lists all ${shown.length} results` : '',
      also.length === 0 ? '' : `also made: ${few(also)}; FIND ${also[0]} shows it`,
      between.length === 0 ? '' : `on the way: ${few(between)}`,
      ...card.jobs.flatMap(outside),
      ...new Set(card.jobs.flatMap(({ notes }) => notes)),
      costLine(card, costWords(cost)),
    ],
    block: words.length === 0 ? null : words.join('\n'),
    footnote:
      media === null
        ? null
        : more.length > 0
          ? `Say ${media.id}, or another of them, to go on with it.`
          : `Say ${media.id} to go on with it, or press a button.`,
  };
}

/** Results that are told one by one. */
const mostTold = 4;

function stoppedLines({ card, cost, media }: RunTold): Pick<CardView, 'lines' | 'block' | 'footnote'> {
  const failed = card.jobs.filter(({ problem, state }) => state === 'failed' && problem !== null);
  const [first] = failed;
  return {
    lines: [
      ...(first === undefined ? [] : [`${first.problem!.code} in ${first.id}: ${first.title}`]),
      first?.problem?.hint ?? '',
      failed.length > 1 ? `${failed.length - 1} more failed: FIND ${card.group} lists them` : '',
      media === null ? '' : `${media.id}: ${showFacts(media.facts)}, made before`,
      card.jobs.some(({ state }) => state === 'done')
        ? 'What was finished stays and is recalled next time.'
        : '',
      costLine(card, costWords(cost)),
    ],
    block: null,
    footnote: null,
  };
}

/** `2 jobs ran, 1 recalled; it took 8.2s of processor`. */
function costLine({ jobs, ran, recalled, state }: Card, cost: string): string {
  const work = jobs.filter(
    ({ path, url, result, operation, state: each }) =>
      // A preview is looked for each time, and mostly there.
      each === 'done' && operation !== 'fit' && (result !== null || (path === null && url === null)),
  );
  if (state === 'done' && work.length > 0 && work.every((job) => job.recalled))
    return 'Everything was made before and recalled: it cost nothing.';
  if (state !== 'done' && ran === 0 && recalled === 0)
    return cost === '' ? 'nothing ran' : `nothing was finished; it took ${cost}`;
  const count = `${ran} ${ran === 1 ? 'job' : 'jobs'} ran${recalled > 0 ? `, ${recalled} recalled` : ''}`;
  return cost === '' ? count : `${count}; it took ${cost}`;
}

/** What jobs made that people can name, each once. */
function madeBy(jobs: readonly CardJob[]): CardJob[] {
  const seen = new Set<string>();
  return jobs.filter(({ state, result, path, url }) => {
    if (state !== 'done' || result === null || path !== null || url !== null || seen.has(result))
      return false;
    return seen.add(result) !== null;
  });
}

/** What went out of the workspace. The folder is the machine's own affair. */
function outside({ path, url, operation }: CardJob): string[] {
  if (operation === 'notify') return url === null ? [] : [`told ${url}`];
  return [
    ...(path === null ? [] : [`written as ${basename(path)} on the machine that runs WatchAI`]),
    ...(url === null ? [] : [`delivered to ${url}`]),
  ];
}

function few(ids: readonly string[]): string {
  return ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
}

/** `8.2s of processor, 3.1s of graphics processor`. */
function costWords(cost: Partial<Record<Lane, number>>): string {
  const words = { gpu: 'graphics processor', cpu: 'processor', net: 'network' } as const;
  return (Object.keys(words) as Lane[])
    .filter((lane) => (cost[lane] ?? 0) > 0)
    .map((lane) => `${showTook(cost[lane]!)} of ${words[lane]}`)
    .join(', ');
}
