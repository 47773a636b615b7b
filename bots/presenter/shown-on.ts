import type { CardRow } from '../../engine/cards/cards.ts';
import { lastResults } from '../../engine/jobs/view.ts';
import { seenRun } from './seen-run.ts';
import { shownMedia } from './told.ts';
import type { PresenterTools } from './tools.ts';

/** Ids of what a card shows and that is still there, in the order of its plan. */
export async function shownOn(
  { run }: Pick<CardRow, 'run'>,
  { parts: { store } }: Pick<PresenterTools, 'parts'>,
): Promise<string[]> {
  const seen = run === null ? null : await seenRun(run).look(store);
  if (seen === null || run === null) return [];
  return shownMedia(seen.rows, await lastResults(store, run)).map(({ id }) => id);
}
