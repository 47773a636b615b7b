import { revokeLinks } from '../delivery/links.ts';
import type { Queries } from '../store/port.ts';

/* The life of a card:
 *
 *   living ─── its run ends, in the same transaction ──▶ finishing: delivery says the last view
 *          ─── Delete ──▶ leaving
 *   finishing ─── said, or given up with why ──▶ finished
 *             ─── what it shows is held (engine/consent/) ──▶ leaving, once delivery has let go of it
 *   finished ─── Delete, or what it shows is held ──▶ leaving
 *   leaving ─── its messages are taken away ──▶ gone
 *   gone, leaving ─── it left because of what it shows, which may be shown again ──▶ finishing: said anew
 *
 * `keeper` draws it until `kept_until`: whoever posts or edits a card holds this lease, so that no older view comes after a newer one. */

/** The chats that cards stand in. */
export type Chat = 'discord' | 'slack';

/** A message of ours in a chat. */
export interface CardMessage {
  channel: string;
  thread: string | null;
  message: string;
}

export interface CardRow {
  id: number;
  surface: Chat;
  workspace: string;
  /** Row id; null once the run was removed, and for the card of a request. */
  run: number | null;
  /** Row id of what moderators decide (engine/consent/channel/request-cards.ts); null for the card of a run. */
  request: number | null;
  /** `g7`; `r9`. */
  group: string;
  /** Canonical; empty for the card of a request. */
  pql: string;
  /** `discord:123`. */
  asker: string;
  channel: string;
  thread: string | null;
  /** The last is where the card stands. */
  posted: readonly CardMessage[];
  fileLimit: number;
  state: 'living' | 'finishing' | 'finished' | 'leaving' | 'gone';
  /** The state in which its asker was told that we may not speak there. */
  toldIn: 'living' | 'leaving' | null;
}

export const cardColumns = `cards.id, cards.surface, cards.workspace, cards.run_id as run, cards.request_id as request, cards."group", cards.pql, cards.asker,
  cards.channel, cards.thread, cards.posted, cards.file_limit as "fileLimit", cards.state, cards.told_in as "toldIn"`;

export interface NewCard extends Omit<CardRow, 'id' | 'posted' | 'state' | 'toldIn' | 'run' | 'request'> {
  run: number;
  interaction: string;
  /** Who posts it. */
  keeper: string;
  /** Seconds that it may take. */
  keptFor: number;
}

/** Makes a card, held by who is about to post it. In the transaction that makes its run. */
export async function insertCard(queries: Queries, card: NewCard): Promise<number> {
  const [row] = await queries.query<{ id: number }>(
    `insert into cards (surface, workspace, run_id, "group", pql, asker, interaction, channel, thread, file_limit, keeper, kept_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp() + $12 * interval '1 second')
     returning id`,
    [
      card.surface,
      card.workspace,
      card.run,
      card.group,
      card.pql,
      card.asker,
      card.interaction,
      card.channel,
      card.thread,
      card.fileLimit,
      card.keeper,
      card.keptFor,
    ],
  );
  return row!.id;
}

export async function readCard(queries: Queries, card: number): Promise<CardRow | null> {
  const [row] = await queries.query<CardRow>(`select ${cardColumns} from cards where id = $1`, [card]);
  return row ?? null;
}

/** The card that stands, or stood, in a message of a workspace. */
export async function cardAt(
  queries: Queries,
  surface: Chat,
  workspace: string,
  { channel, message }: Pick<CardMessage, 'channel' | 'message'>,
): Promise<CardRow | null> {
  const [row] = await queries.query<CardRow>(
    `select ${cardColumns} from cards
     where surface = $1 and workspace = $2 and posted @> $3::jsonb order by id desc limit 1`,
    [surface, workspace, JSON.stringify([{ channel, message }])],
  );
  return row ?? null;
}

/** The group of a card of an asker that lives in a place and runs this very statement; null where none does. */
export async function livingCard(
  queries: Queries,
  { surface, asker: { workspace, user }, place: { channel, thread } }: Where,
  pql: string,
): Promise<string | null> {
  const [row] = await queries.query<{ group: string }>(
    `select "group" from cards
     where surface = $1 and workspace = $2 and asker = $3 and state = 'living' and request_id is null
       and channel = $4 and thread is not distinct from $5 and pql = $6 order by id limit 1`,
    [surface, workspace, user, channel, thread, pql],
  );
  return row?.group ?? null;
}

/** The groups of other cards of a workspace that stand and show what one shows last, the newest first. */
export async function cardsBeside(
  queries: Queries,
  { id, workspace, run }: Pick<CardRow, 'id' | 'workspace' | 'run'>,
): Promise<string[]> {
  const rows = await queries.query<{ group: string }>(
    `select other."group" from cards other
     where other.workspace = $2 and other.id <> $1 and other.state in ('finishing', 'finished') and other.results && array(
       select result from jobs where run_id = $3 and result is not null and not effect order by id desc limit 1)
     order by other.id desc`,
    [id, workspace, run],
  );
  return rows.map(({ group }) => group);
}

/** Whose something is, and where in a chat. */
interface Where {
  surface: Chat;
  asker: { workspace: string; user: string };
  place: { channel: string; thread: string | null };
}

/** The latest cards of what an asker runs in a workspace, what still lives first. */
export function cardsOfAsker(
  queries: Queries,
  surface: Chat,
  workspace: string,
  asker: string,
  most: number,
): Promise<CardRow[]> {
  return queries.query<CardRow>(
    `select ${cardColumns} from cards
     where surface = $1 and workspace = $2 and asker = $3 and state in ('living', 'finishing', 'finished')
       and request_id is null
     order by state <> 'living', id desc limit $4`,
    [surface, workspace, asker, most],
  );
}

/** Notes where a card stands now; a message that is known is not noted twice. */
export async function notePosted(queries: Queries, card: number, message: CardMessage): Promise<void> {
  const one = JSON.stringify([
    { channel: message.channel, thread: message.thread, message: message.message },
  ]);
  await queries.query(
    'update cards set posted = posted || $2::jsonb where id = $1 and not posted @> $2::jsonb',
    [card, one],
  );
}

/** Whoever asked was told that a card cannot be drawn, or not be taken away. */
export async function noteTold(
  queries: Queries,
  card: number,
  state: NonNullable<CardRow['toldIn']>,
): Promise<void> {
  await queries.query('update cards set told_in = $2 where id = $1', [card, state]);
}

/** The last view was said, or given up with why. */
export async function endCard(queries: Queries, card: number, why: string | null): Promise<void> {
  await queries.query(`update cards set state = 'finished', why = $2 where id = $1 and state = 'finishing'`, [
    card,
    why,
  ]);
}

/** The cards that show a result, or a run, are to be taken away; the keeper of cards does it. The links that they gave out end at once. */
export async function leaveCard(queries: Queries, card: number): Promise<void> {
  await queries.query(
    `update cards set state = 'leaving' where id = $1 and state in ('living', 'finishing', 'finished')`,
    [card],
  );
  await revokeLinks(queries, card);
}

/** Its messages are no more. */
export async function cardGone(queries: Queries, card: number): Promise<void> {
  await queries.query(
    `update cards set state = 'gone', keeper = null, kept_until = null where id = $1 and state = 'leaving'`,
    [card],
  );
}
