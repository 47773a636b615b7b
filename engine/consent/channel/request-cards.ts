import { insertButtons, type NewButton } from '../../cards/buttons.ts';
import type { CardRow, Chat } from '../../cards/cards.ts';
import type { Queries, Store } from '../../store/port.ts';
import type { ModeratorsChannel } from './moderators-channel.ts';

/* A request has one card in each chat that its moderators are asked in, a row among those of runs, drawn by the same keeper:
 *
 *   living ─── drawn as the request stands ──▶ finished: it stands there, and nobody holds it
 *          ─── cannot be drawn there ──▶ finished, to be tried again
 *   finished ─── its request changes (a trigger, whoever changes it), or becomes overdue ──▶ living
 *   living, finished ─── the workspace chose another channel while the request is open ──▶ leaving ──▶ gone
 *   gone ─── a channel is chosen and the request is still open ──▶ living, anew in that channel
 *
 * `changes` counts what happened to the request: whoever drew an older view leaves the card living. */

/** Cards of one channel that are still to be drawn at most, so that 10,000 requests at once neither flood it nor keep the cards of runs waiting. */
const mostAtOnce = 20;

/** A button of a card that is being made. */
export type NewRequestButton = Pick<NewButton, 'token' | 'action'>;

const open = `request.state in ('open', 'escalated')`;

/** Makes cards for the open requests that have none, those that are due first, and puts those up again that left another channel. Whoever else does the
 * same at the same time makes none twice. */
export async function makeRequestCards(
  store: Store,
  { of, chat, workspace, channel }: ModeratorsChannel,
  buttons: () => readonly NewRequestButton[],
): Promise<void> {
  await store.query('insert into workspaces (name) values ($1) on conflict do nothing', [workspace]);
  await store.query(
    `with back as (
       update cards set state = 'living', posted = '[]', workspace = $3, channel = $4
       from consent_requests request
       where request.id = cards.request_id and surface = $2 and cards.state = 'gone' and request.workspace = $1 and ${open}
       returning cards.id
     )
     update buttons set workspace = $3 from back where card_id = back.id`,
    [of, chat, workspace, channel],
  );
  const requests = await store.query<{ id: number }>(
    `select id from consent_requests request
     where workspace = $1 and ${open} and not exists (select from cards where request_id = request.id and surface = $2)
     order by due_at, id
     limit greatest(0, $4 - (select count(*) from cards
                             where surface = $2 and workspace = $3 and request_id is not null and state = 'living'))`,
    [of, chat, workspace, mostAtOnce],
  );
  if (requests.length === 0) return;
  await store.transaction(async (queries) => {
    const cards = await queries.query<{ id: number }>(
      `insert into cards (surface, workspace, request_id, "group", pql, asker, interaction, channel, file_limit)
       select $2, $3, id, 'r' || number, '', asked_by, 'request ' || id, $4, 0
       from consent_requests request where id = any ($1::bigint[]) and ${open} order by due_at, id
       on conflict do nothing returning id`,
      [requests.map(({ id }) => id), chat, workspace, channel],
    );
    // Nobody owns one: who decides is judged by the request.
    const common = { surface: chat, workspace, owner: '', arguments: {} };
    await insertButtons(
      queries,
      cards.flatMap(({ id }) => buttons().map((button) => ({ ...button, ...common, card: id }))),
    );
  });
}

/** Has cards of open requests taken away from channels that are the moderators' no more. */
export async function leaveOldChannels(
  queries: Queries,
  chat: Chat,
  channels: readonly ModeratorsChannel[],
): Promise<void> {
  await queries.query(
    `update cards set state = 'leaving', draw_at = null
     from consent_requests request
     where request.id = cards.request_id and surface = $1 and cards.state in ('living', 'finished') and ${open}
       and not exists (
         select from jsonb_to_recordset($2::jsonb) as chosen("of" text, workspace text, channel text)
         where chosen."of" = request.workspace and chosen.workspace = cards.workspace and chosen.channel = cards.channel)`,
    [chat, JSON.stringify(channels)],
  );
}

/** Has cards drawn anew whose time has come. */
export async function wakeRequestCards(queries: Queries, chat: Chat): Promise<void> {
  await queries.query(
    `update cards set state = 'living', draw_at = null
     where surface = $1 and draw_at <= clock_timestamp() and state = 'finished' and request_id is not null`,
    [chat],
  );
}

/** How often what a card shows had changed, before it is read to be drawn. */
export async function changesOf(queries: Queries, card: number): Promise<number> {
  const [row] = await queries.query<{ changes: number }>('select changes from cards where id = $1', [card]);
  return row?.changes ?? 0;
}

/** A card was drawn as its request stood after so many changes, or could not be drawn, and why: it is let go until something changes, at the latest for
 * `again` seconds, for ever where that is null. False where something did meanwhile. */
export async function restCard(
  queries: Queries,
  { id }: Pick<CardRow, 'id'>,
  {
    keeper,
    changes,
    again,
    why,
  }: { keeper: string; changes: number; again: number | null; why: string | null },
): Promise<boolean> {
  const rows = await queries.query(
    `update cards set state = 'finished', draw_at = clock_timestamp() + $4 * interval '1 second', why = $5, keeper = null, kept_until = null
     where id = $1 and keeper = $2 and changes = $3 and state = 'living' returning id`,
    [id, keeper, changes, again, why],
  );
  return rows.length > 0;
}

/** Somebody took the message away by hand: where a card stands is forgotten, so that it is posted anew. */
export async function forgetPosted(queries: Queries, card: number): Promise<void> {
  await queries.query(`update cards set posted = '[]' where id = $1`, [card]);
}
