import { type CardRow, cardAt, readCard } from '../../engine/cards/cards.ts';
import { lastResults } from '../../engine/jobs/view.ts';
import type { Ask } from './ask.ts';
import { seenRun } from './seen-run.ts';
import { shownMedia } from './told.ts';
import type { PresenterTools } from './tools.ts';

type Tools = Pick<PresenterTools, 'parts'>;

/** A card with the ids of what it shows and that is still there, in the order of its plan. */
export interface Showing {
  card: CardRow;
  films: string[];
}

/** What the message shows that something is said about; null where it is none of ours in this workspace, or shows nothing any more. */
export async function shownIn({ surface, asker, place }: Ask, tools: Tools): Promise<Showing | null> {
  const { channel, message } = place;
  if (message === null) return null;
  return showing(await cardAt(tools.parts.store, surface, asker.workspace, { channel, message }), tools);
}

/** The same of a card whose row is known, seen from a workspace. */
export async function shownOnCard(id: number, { asker }: Ask, tools: Tools): Promise<Showing | null> {
  const card = await readCard(tools.parts.store, id);
  return card?.workspace === asker.workspace ? showing(card, tools) : null;
}

/** Ids of what a card shows. */
export async function shownOn({ run }: Pick<CardRow, 'run'>, { parts: { store } }: Tools): Promise<string[]> {
  const seen = run === null ? null : await seenRun(run).look(store);
  if (seen === null || run === null) return [];
  return shownMedia(seen.rows, await lastResults(store, run)).map(({ id }) => id);
}

async function showing(card: CardRow | null, tools: Tools): Promise<Showing | null> {
  const films = card === null ? [] : await shownOn(card, tools);
  return card === null || films.length === 0 ? null : { card, films };
}
