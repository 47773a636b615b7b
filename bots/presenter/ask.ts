import type { Asker } from '../../engine/asker.ts';
import type { Chat } from '../../engine/cards/cards.ts';
import type { MessageCommand } from './command.ts';

export type { Chat };

/** What somebody said in a chat, whatever the chat: a surface turns what it hears into this and nothing else. */
export interface Ask {
  surface: Chat;
  /** The interaction's own id on its surface: the same one heard twice (another process, a replay) makes one run. */
  id: string;
  /** Workspace `discord:<guild>` or `slack:<team>`, user `discord:<id>` or `slack:<id>`. */
  asker: Asker;
  place: Place;
  said: Said;
  attachments: readonly Attachment[];
  /** A file of this chat that came along earlier, as it is reached now; left out where its address is enough. */
  reach?(file: Attachment): Attachment;
  /** How large a file this place takes, bytes. */
  fileLimit: number;
}

/** Where a card goes. */
export interface Place {
  /** A Discord channel or thread, a Slack channel. */
  channel: string;
  /** Slack: `ts` of the message whose thread it is; null elsewhere. */
  thread: string | null;
  /** The message that was pressed on or meant; null for a command. */
  message: string | null;
}

export type Said =
  /** PQL as it was typed. */
  | { type: 'text'; text: string }
  /** Options of a command or fields of a form, by field id as `commands.ts` declares them; empty ones may be left out. `verb` is the command's
   * name, with what is under it behind a space: `consent opt-out`. */
  | { type: 'form'; verb: string; values: Values }
  /** A command on the message of the place, by its id in `commands.ts`. */
  | { type: 'message'; command: MessageCommand['id'] }
  /** The token of a button or of a form; `values` with what a form was filled in with. */
  | { type: 'press'; button: string; values?: Values };

export type Values = Readonly<Record<string, string>>;

/** A file that came with what was said, or that the message meant carries. */
export interface Attachment {
  url: string;
  name: string;
  bytes: number | null;
  contentType: string | null;
  /** Whether somebody wrote its address, which then is what they call it. */
  link?: true;
  /** Sent as the Authorization header to this very origin and to no other; never stored, logged, or part of a key. */
  authorization?: string;
}
