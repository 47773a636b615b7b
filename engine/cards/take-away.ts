import { finishCard } from '../delivery/outbox.ts';
import type { Queries } from '../store/port.ts';
import { type CardRow, cardColumns, leaveCard } from './cards.ts';

/** Why a card left, where nobody deleted it. */
const held = 'what it shows is held';

/** What its run came to, or had come to when it was removed. */
const shows = `(exists (select from jobs where jobs.run_id = cards.run_id and jobs.result = any ($2::text[])) or cards.results && $2::text[])`;

/** Takes away the cards of a workspace that show one of these results, and those that are known by something else, with their messages and links: the
 * keeper of cards does it, whenever that chat is there. Those that still run stay, since they say why they end. Returns them. */
export async function takeCardsAway(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
  known: readonly number[],
): Promise<CardRow[]> {
  const cards = await queries.query<CardRow>(
    `select ${cardColumns} from cards left join runs on runs.id = cards.run_id
     where cards.workspace = $1 and cards.state in ('finishing', 'finished') and coalesce(runs.state, 'done') = 'done'
       and (${shows} or cards.id = any ($3::bigint[]))
     order by cards.id`,
    [workspace, hashes, known],
  );
  for (const { id } of cards) await leaveCard(queries, id);
  await queries.query('update cards set why = $2 where id = any ($1::bigint[])', [
    cards.map(({ id }) => id),
    held,
  ]);
  return cards;
}

/** Puts such cards back where these results may be shown again: those that are gone are said anew, by delivery, with a message of their own. What
 * a removed run had come to nobody can say anew. */
export async function putCardsBack(
  queries: Queries,
  workspace: string,
  hashes: readonly string[],
): Promise<void> {
  const cards = await queries.query<CardRow>(
    `update cards set state = 'finishing', why = null, posted = '[]'
     where workspace = $1 and run_id is not null and ${shows} and why = $3
       and (state = 'gone' or (state = 'leaving' and kept_until > clock_timestamp()))
     returning ${cardColumns}`,
    [workspace, hashes, held],
  );
  for (const card of cards) await finishCard(queries, card);
  // Nobody has begun to take these away.
  await queries.query(
    `update cards set state = 'finished', why = null
     where workspace = $1 and ${shows} and why = $3 and state = 'leaving'`,
    [workspace, hashes, held],
  );
}
