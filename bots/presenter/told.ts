import { buttonsOf } from '../../engine/cards/buttons.ts';
import type { CardRow } from '../../engine/cards/cards.ts';
import { costOf } from '../../engine/cards/cost.ts';
import { type JobRow, lastResults } from '../../engine/jobs/view.ts';
import { whyWaiting } from '../../engine/jobs/why-waiting.ts';
import type { Queries } from '../../engine/store/port.ts';
import { unserved } from '../../engine/workers/unserved.ts';
import { buttonRows } from './card-buttons.ts';
import type { CardMedia, CardView } from './card-view.ts';
import { mediaName } from './media-name.ts';
import { type Seen, seenRun } from './seen-run.ts';
import { runView } from './views/run-view.ts';
import { shaped } from './views/shape.ts';

/** What a card says now. */
export async function viewOf(queries: Queries, card: CardRow): Promise<CardView> {
  const seen = card.run === null ? null : await seenRun(card.run).look(queries);
  return drawn(queries, card, seen);
}

/** What is known of a card beforehand. */
export interface Known {
  /** Tokens of its buttons by action. */
  tokens?: ReadonlyMap<string, string>;
  /** Whether its place in line is said. */
  inLine?: boolean;
}

/** What a card says of a run that was looked at; why it waits is asked only where it does. */
export async function drawn(
  queries: Queries,
  card: CardRow,
  seen: Seen | null,
  { tokens, inLine = true }: Known = {},
): Promise<CardView> {
  const asked = userOf(card.asker);
  if (seen === null || card.run === null)
    return shaped({ tone: 'plain', title: `${card.group} was removed`, asked, pql: card.pql });
  const { rows } = seen;
  const running = seen.card.state === 'running';
  const waits = inLine && running && !rows.some(({ view }) => view.state === 'running');
  const asIs: ReadonlySet<string> = running ? new Set() : await lastResults(queries, card.run);
  const made = seen.card.state === 'done' ? shownMedia(rows, asIs).filter(({ kind }) => kind !== 'text') : [];
  const [first, ...more] = made.length > 1 ? made : [];
  const media = running ? null : (first ?? lastMade(rows));
  return runView({
    card: seen.card,
    asked,
    pql: card.pql,
    waiting: waits ? await whyWaiting(queries, card.run) : null,
    unserved: waits ? [...(await unserved(queries, { run: card.run })).values()].flat() : [],
    cost: running ? {} : await costOf(queries, card.run),
    asIs,
    media,
    ...(more.length > 0 && { more }),
    buttons: buttonRows(seen.card, media, tokens ?? (await buttonsOf(queries, card.id)), more.length > 0),
  });
}

/** The last thing that a run made and that is still there. */
export function lastMade(rows: readonly JobRow[]): CardMedia | null {
  const row = rows.findLast(isThere);
  return row === undefined ? null : mediaOf(row);
}

/** What a run made of which it made nothing else (`asIs`, by id) and that is still there, in the order of the plan, each once. */
export function shownMedia(rows: readonly JobRow[], asIs: ReadonlySet<string>): CardMedia[] {
  const shown = rows.filter((row) => isThere(row) && asIs.has(row.view.result!)).map(mediaOf);
  return [...new Map(shown.map((media) => [media.id, media])).values()];
}

function isThere({ view, effect, hash, facts }: JobRow): boolean {
  return view.state === 'done' && !effect && view.result !== null && hash !== null && facts !== null;
}

function mediaOf({ hash, facts, view }: JobRow): CardMedia {
  const id = view.result!;
  return {
    id,
    hash: hash!,
    kind: facts!.kind,
    name: mediaName(id, facts!),
    bytes: facts!.bytes,
    facts: facts!,
    preview: null,
    link: null,
  };
}

/** `123` of `discord:123`: as the chat itself says it. */
export function userOf(asker: string): string {
  return asker.slice(asker.indexOf(':') + 1);
}
