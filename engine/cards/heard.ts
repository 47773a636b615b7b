import type { Queries } from '../store/port.ts';
import type { Chat } from './cards.ts';

/** Longer than anything that is heard takes to be answered. */
const answering = '2 minutes';

/** Whether an interaction is to be answered: not when it was answered before, nor when somebody is just about to. */
export async function hearOnce(queries: Queries, surface: Chat, id: string): Promise<boolean> {
  const rows = await queries.query(
    `insert into heard (surface, id) values ($1, $2)
     on conflict (surface, id) do update set heard_at = now()
     where heard.answered_at is null and heard.heard_at < now() - $3::interval
     returning id`,
    [surface, id, answering],
  );
  return rows.length > 0;
}

/** Says that an interaction was answered; give the transaction of what came of it where there is one. */
export async function noteAnswered(queries: Queries, surface: Chat, id: string): Promise<void> {
  await queries.query('update heard set answered_at = now() where surface = $1 and id = $2', [surface, id]);
}

/** Lets an interaction be answered by whoever hears it next: this time something was away. */
export async function unhear(queries: Queries, surface: Chat, id: string): Promise<void> {
  await queries.query('delete from heard where surface = $1 and id = $2 and answered_at is null', [
    surface,
    id,
  ]);
}

/** Forgets what was heard a week ago, which no chat says again, questions that nobody answered for a month, and after a day what they kept to be said again: chats give links
 * to files no longer, and nobody changes words of yesterday. */
export async function forgetHeard(queries: Queries): Promise<void> {
  await queries.query(`delete from heard where heard_at < now() - interval '7 days'`);
  await queries.query(`delete from buttons where card_id is null and made_at < now() - interval '30 days'`);
  await queries.query(
    `update buttons set arguments = arguments - 'files' - 'said'
     where card_id is null and made_at < now() - interval '1 day' and arguments ?| array['files', 'said']`,
  );
}
