import type { JsonObject } from '../../dsl/json.ts';
import type { Queries } from '../store/port.ts';
import type { Chat } from './cards.ts';

export interface ButtonRow {
  token: string;
  surface: Chat;
  workspace: string;
  /** Row id of its card; null for a question that is answered in private. */
  card: number | null;
  action: string;
  arguments: JsonObject;
  /** The user who may press it, beside moderators. */
  owner: string;
  used: boolean;
}

export type NewButton = Omit<ButtonRow, 'used'>;

/** Makes buttons; of one action a card has one. */
export async function insertButtons(queries: Queries, buttons: readonly NewButton[]): Promise<void> {
  await queries.query(
    `insert into buttons (token, surface, workspace, card_id, action, arguments, owner)
     select token, surface, workspace, card, action, arguments, owner
     from jsonb_to_recordset($1::jsonb) as new(
       token text, surface text, workspace text, card bigint, action text, arguments jsonb, owner text)
     on conflict do nothing`,
    [JSON.stringify(buttons)],
  );
}

/** What a token means, seen from a workspace; null for one that means nothing there. */
export async function findButton(
  queries: Queries,
  surface: Chat,
  workspace: string,
  token: string,
): Promise<ButtonRow | null> {
  const [row] = await queries.query<ButtonRow>(
    `select token, surface, workspace, card_id as card, action, arguments, owner, used_at is not null as used
     from buttons where token = $1 and surface = $2 and workspace = $3`,
    [token, surface, workspace],
  );
  return row ?? null;
}

/** Tokens of a card's buttons by action. */
export async function buttonsOf(queries: Queries, card: number): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.query<{ action: string; token: string }>(
    'select action, token from buttons where card_id = $1',
    [card],
  );
  return new Map(rows.map(({ action, token }) => [action, token]));
}

/** Answers a question, and forgets the files that it kept; false when it was answered before. */
export async function useButton(queries: Queries, token: string): Promise<boolean> {
  const rows = await queries.query(
    `update buttons set used_at = now(), arguments = arguments - 'files' where token = $1 and used_at is null returning token`,
    [token],
  );
  return rows.length > 0;
}
