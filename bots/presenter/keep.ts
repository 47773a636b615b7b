import { type CardRow, cardGone, notePosted, noteTold, readCard } from '../../engine/cards/cards.ts';
import { claimCards, type Glance, glanceAt, holdCards, letGo } from '../../engine/cards/keep.ts';
import type { ProgressEvent } from '../../engine/news.ts';
import { drawRequest } from './draw-request.ts';
import { lineUp, sayInLine } from './in-line.ts';
import { pause } from './pause.ts';
import type { KeepOptions } from './presenter.ts';
import { seenRun } from './seen-run.ts';
import { cardKey, type Surface, SurfaceError, type Surfaces } from './surface.ts';
import { drawn, userOf } from './told.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Seconds that a card stays ours without a sign of life, and between two signs. */
const lease = 30;
const beat = 8;
/** Cards that one process keeps, and draws at the same time. */
const mostKept = 500;
const mostDrawn = 8;
/** Milliseconds between glances at the rows of all cards in hand: what workers elsewhere did is seen so. */
const lookAgain = 1000;
/** Milliseconds after which a card is drawn anew although nothing of it changed: its place in line did. */
const stale = 15_000;
/** Milliseconds until what may not be taken away is tried again. */
const insist = 3_600_000;

interface Kept {
  row: CardRow;
  seen: ReturnType<typeof seenRun>;
  told: Map<string, ProgressEvent>;
  listening: Disposable | null;
  /** What it was last drawn as. */
  last: string | null;
  /** Milliseconds: when it was last looked at, and when it may be again. */
  looked: number;
  next: number;
  /** Something was heard or seen since it was looked at. */
  fresh: boolean;
  changed: number | null;
  /** Nothing can be drawn there: the last view is delivery's affair. */
  silent: boolean;
  ended: boolean;
  /** Of one that ended: how many come before what it came to. */
  before: number;
  drawing: Promise<void> | null;
}

/** Keeps the living cards of a surface until the signal. What is heard meanwhile is not queued: a card is drawn as its run stands when its turn
 * comes, so the latest wins. A card whose run has ended is let go at once, for delivery to say the last view.
 *
 * claim → nothing of ours there yet: post → changed: edit, at most every so often → ended or not ours any more: let go
 *       → leaving: take its messages away → gone */
export async function keepCards(
  surfaces: Surfaces,
  options: KeepOptions,
  tools: PresenterTools,
  signal: AbortSignal,
): Promise<void> {
  const { every, inLine } = options;
  const kept = new Map<number, Kept>();
  const { store } = tools.parts;
  const log = tools.log.with({ surface: surfaces.chat });
  let beaten = 0;
  while (!signal.aborted) {
    const now = tools.now().getTime();
    try {
      if (now - beaten >= beat * 1000) {
        await renew(kept, tools);
        beaten = now;
      }
      const free = mostKept - kept.size;
      const claimed = free > 0 ? await claimCards(store, surfaces.chat, tools.keeper, lease, free) : [];
      for (const row of claimed) kept.set(row.id, keep(row, tools));
      for (const glance of kept.size === 0 ? [] : await glanceAt(store, [...kept.keys()])) heed(kept, glance);
      if (inLine !== undefined) {
        const ended = [...kept.values()].filter((each) => each.ended && each.drawing === null);
        await lineUp(store, surfaces.chat, ended, inLine, tools.now().getTime());
      }
      draw(kept, surfaces, options, tools, signal);
    } catch (error) {
      log.write('warn', 'cards could not be looked at; trying again', {}, error);
    }
    await pause(Math.min(lookAgain, every(1)), signal);
  }
  await Promise.all([...kept.values()].map(({ drawing }) => drawing));
  for (const each of kept.values()) each.listening?.[Symbol.dispose]();
  await letGo(store, tools.keeper, [...kept.keys()]).catch(() => {});
}

function keep(row: CardRow, { parts }: PresenterTools): Kept {
  const told = new Map<string, ProgressEvent>();
  const kept: Kept = {
    ...{ row, told, seen: seenRun(row.run ?? 0), listening: null, last: null },
    ...{
      looked: 0,
      next: 0,
      fresh: true,
      changed: null,
      silent: false,
      ended: false,
      before: 0,
      drawing: null,
    },
  };
  if (row.run !== null && row.state === 'living')
    kept.listening = parts.news.onRun(row.run, (heard) => {
      if (heard.type === 'progress') told.set(heard.job, heard);
      kept.fresh = true;
    });
  return kept;
}

function heed(kept: Map<number, Kept>, { id, state, changed }: Glance): void {
  const each = kept.get(id);
  if (each === undefined || (changed === each.changed && state === each.row.state)) return;
  each.changed = changed;
  each.fresh = true;
  each.ended = state === 'finishing';
  // Delivery waits until it is let go of.
  if (state !== 'living') each.next = 0;
}

/** Whoever lost a card stops drawing it: another process does. */
async function renew(kept: Map<number, Kept>, { parts, keeper }: PresenterTools): Promise<void> {
  const ours = new Set((await holdCards(parts.store, keeper, [...kept.keys()], lease)).map(({ id }) => id));
  for (const [id, each] of kept) if (!ours.has(id)) forget(kept, id, each);
}

function forget(kept: Map<number, Kept>, id: number, each: Kept): void {
  each.listening?.[Symbol.dispose]();
  kept.delete(id);
}

/** Begins to draw what may be drawn, the longest waiting first. */
function draw(
  kept: Map<number, Kept>,
  surfaces: Surfaces,
  { every, inLine }: KeepOptions,
  tools: PresenterTools,
  signal: AbortSignal,
): void {
  const now = tools.now().getTime();
  const living = new Map<string, number>();
  for (const { row } of kept.values()) living.set(row.workspace, (living.get(row.workspace) ?? 0) + 1);
  const busy = [...kept.values()].filter(({ drawing }) => drawing !== null).length;
  const due = [...kept].filter(
    ([, each]) => each.drawing === null && each.next <= now && (each.fresh || each.looked <= now - stale),
  );
  due.sort(([, one], [, other]) => one.next - other.next);
  for (const [id, each] of due.slice(0, mostDrawn - busy)) {
    each.looked = now;
    each.next = now + every(living.get(each.row.workspace)!);
    each.fresh = false;
    const surface = surfaces.in(each.row.workspace);
    each.drawing = drawOne(id, each, surface, inLine, tools, signal)
      .then((ended) => {
        if (ended) forget(kept, id, each);
      })
      .catch((error) => trouble(each, error, surface, tools, signal))
      .finally(() => {
        each.drawing = null;
      });
  }
}

/** Draws a card once; true when there is no more to draw. */
async function drawOne(
  id: number,
  each: Kept,
  surface: Surface,
  inLine: number | undefined,
  tools: PresenterTools,
  signal: AbortSignal,
): Promise<boolean> {
  const { store } = tools.parts;
  const row = await readCard(store, id);
  each.row = row ?? each.row;
  if (row?.state === 'leaving') {
    for (const message of row.posted) await surface.remove(message, signal);
    await cardGone(store, id);
    return true;
  }
  if (row?.state !== 'living') {
    if (row?.state === 'finishing' && each.before >= (inLine ?? Number.POSITIVE_INFINITY))
      await sayInLine(store, row, each.before, surface, signal);
    await letGo(store, tools.keeper, [id]);
    return true;
  }
  const { request } = row;
  if (request !== null) {
    await drawRequest({ ...row, request }, surface, tools, signal);
    return true;
  }
  const told = [...each.told.values()];
  each.told.clear();
  const seen = row.run === null ? null : await each.seen.look(store, told);
  // It ended since the card was read: the last view is said by delivery alone.
  if (seen !== null && seen.card.state !== 'running') {
    await letGo(store, tools.keeper, [id]);
    return true;
  }
  if (each.silent || row.toldIn === 'living') return false;
  const view = await drawn(store, row, seen);
  const text = JSON.stringify(view);
  const message = row.posted.at(-1);
  if (message === undefined) {
    const place = { channel: row.channel, thread: row.thread, message: null };
    await notePosted(store, id, await surface.post(place, view, cardKey(id), signal));
  } else if (text !== each.last) await surface.edit(message, view, signal);
  each.last = text;
  return false;
}

/** A chat that is away is waited for; where we may not speak, who asked is told alone, once. */
async function trouble(
  each: Kept,
  error: unknown,
  surface: Surface,
  tools: PresenterTools,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  if (!(error instanceof SurfaceError)) {
    tools.log.write('error', 'a card could not be drawn', { card: each.row.id }, error);
    each.next = tools.now().getTime() + 10_000;
    each.fresh = true;
    return;
  }
  const { trouble: why } = error;
  if (why.kind === 'later') {
    each.next = tools.now().getTime() + Math.max(1, why.after ?? 5) * 1000;
    each.fresh = true;
    return;
  }
  each.silent = true;
  tools.log.write('warn', `a card is not drawn any more: ${error.message}`, { card: each.row.id });
  if (why.kind !== 'forbidden' || each.row.request !== null) return;
  const { id, asker, channel, thread, group, state, toldIn } = each.row;
  if (state === 'leaving') {
    each.next = tools.now().getTime() + insist;
    each.fresh = true;
  } else if (state !== 'living') return;
  if (toldIn === state) return;
  const view =
    state === 'leaving'
      ? refusedView(
          null,
          `what ${group} made should go from here, but I may not ${why.words}`,
          'please delete the message yourself',
        )
      : refusedView(null, `${group} runs, but I may not ${why.words}`, 'the result stays in the workspace');
  const place = { channel, thread, message: null };
  await surface.tell(userOf(asker), place, view, signal).then(
    () => noteTold(tools.parts.store, id, state),
    () => {},
  );
}
