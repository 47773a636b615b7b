import type { Queries } from '../store/port.ts';
import { type CardRow, cardColumns, leaveCard } from './cards.ts';

/** Takes away the cards of a workspace that show one of these results, with their messages and links: the keeper of cards does it, whenever that
 * chat is there. Those that still run stay, since they say why they end; a card whose run was removed is not known to show it. Returns them. */
export async function takeCardsAway(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<CardRow[]> {
  const cards = await queries.query<CardRow>(
    `select ${cardColumns} from cards join runs on runs.id = cards.run_id
     where cards.workspace = $1 and cards.state in ('finishing', 'finished') and runs.state = 'done'
       and exists (select from jobs where jobs.run_id = cards.run_id and jobs.result = any ($2::text[]))
     order by cards.id`,
    [workspace, hashes],
  );
  for (const { id } of cards) await leaveCard(queries, id);
  return cards;
}
