import { showSeconds } from '../../../dsl/amounts.ts';
import type { Lane } from '../../../dsl/plan.ts';
import { waitingWords } from '../../../engine/commands/waiting-words.ts';
import type { WhyWaiting } from '../../../engine/jobs/why-waiting.ts';
import type { Card, CardJob } from '../../card.ts';
import { tellJob } from '../../progress.ts';
import type { CardButton, CardMedia, CardView } from '../card-view.ts';
import { endedLines, endedTitle } from './ended-lines.ts';
import { blockColumns, shaped } from './shape.ts';

/** All that a card of a run is drawn from. */
export interface RunTold {
  card: Card;
  /** The user's id on the surface. */
  asked: string | null;
  pql: string;
  /** Why its first job waits, where one does. */
  waiting: WhyWaiting | null;
  /** Why nobody takes its jobs, in words, where nobody does. */
  unserved: readonly string[];
  /** Seconds worked, by lane. */
  cost: Partial<Record<Lane, number>>;
  /** Ids of what was asked for: nothing else of the run was made of it. */
  asIs: ReadonlySet<string>;
  /** The last thing that came out; of several that were asked for the first. */
  media: CardMedia | null;
  /** The others of several, in the order of the plan. */
  more?: readonly CardMedia[];
  buttons: readonly (readonly CardButton[])[];
}

/** A run as people see it in a chat, whatever it is doing. Pure. */
export function runView(told: RunTold): CardView {
  const { card, asked, pql, buttons } = told;
  const same = { asked, pql, buttons };
  if (card.state === null || card.state === 'running') {
    const working = card.jobs.filter(isWorking);
    return working.length > 0
      ? shaped({ ...same, ...running(card, working), tone: 'running' })
      : shaped({ ...same, ...waiting(told), tone: 'waiting' });
  }
  return shaped({
    ...same,
    tone: card.state === 'cancelled' ? 'plain' : card.state === 'done' ? 'done' : 'failed',
    title: endedTitle(card),
    media: told.media,
    ...(told.more !== undefined && { more: told.more }),
    ...endedLines(told),
  });
}

function isWorking({ state }: CardJob): boolean {
  return state === 'running';
}

/** `3rd`. */
function ordinal(place: number): string {
  const last = place % 100;
  const ending = last > 10 && last < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}

function waiting({ card, waiting: why, unserved }: RunTold): Pick<CardView, 'title' | 'lines' | 'progress'> {
  const ahead = why?.because === 'turn' ? why.ahead.own + why.ahead.here + why.ahead.elsewhere : null;
  const place =
    unserved.length > 0 || ahead === null
      ? ''
      : ahead === 0
        ? ', next in line'
        : `, ${ordinal(ahead + 1)} in line`;
  return {
    title: `${card.group} · waiting${place}`,
    lines: [
      ...(unserved.length > 0 ? [...new Set(unserved)] : why === null ? [] : [waitingWords(why)]),
      ...troubles(card),
      someDone(card) ? counted(card) : '',
    ],
    progress: someDone(card) ? overall(card) : null,
  };
}

function running(card: Card, working: readonly CardJob[]): Pick<CardView, 'title' | 'lines' | 'progress'> {
  const shown = working.slice(0, mostShown);
  const more = working.length - shown.length;
  return {
    title: `${card.group} · working${card.jobs.length === 1 ? '' : `, ${counted(card)}`}`,
    lines: [
      // Alone, its progress says all of it.
      ...(card.jobs.length === 1 ? [] : shown.map((job) => tellJob(job, blockColumns))),
      ...(more > 0 ? [`and ${more} more at the same time`] : []),
      ...troubles(card),
    ],
    progress: overall(card, card.jobs.length === 1 ? working[0] : undefined),
  };
}

/** Jobs that are named while they run. */
const mostShown = 3;

/** What failed for now and is tried again. */
function troubles(card: Card): string[] {
  const again = card.jobs.filter(({ problem }) => problem?.willRetry);
  return again.slice(0, 2).map(({ id, problem }) => `${id} is tried again: ${problem!.message}`);
}

function counted({ jobs }: Card): string {
  if (jobs.length === 1) return '';
  return `${jobs.filter(({ state }) => state === 'done').length} of ${jobs.length} jobs done`;
}

function someDone({ jobs }: Card): boolean {
  return jobs.some(({ state }) => state === 'done');
}

/** How far the run is, all jobs counting the same. */
function overall(card: Card, only?: CardJob): CardView['progress'] {
  const sum = card.jobs.reduce((all, { fraction }) => all + fraction, 0);
  const fraction = card.jobs.length === 0 ? 0 : Math.min(1, sum / card.jobs.length);
  const parts = [`${Math.floor(fraction * 100)}%`];
  if (only?.fps) parts.push(`${only.fps.toFixed(only.fps < 10 ? 1 : 0)} fps`);
  const left = only?.secondsLeft;
  if (left !== null && left !== undefined && Number.isFinite(left))
    parts.push(`${showSeconds(Math.ceil(left))} left`);
  return { fraction, text: parts.join(', ') };
}
