import type { Chat, Place } from './ask.ts';
import type { CardView } from './card-view.ts';

/** What a chat can be told to do: one implementation a chat, one contract suite (test/contracts/surface.ts). Every method throws nothing
 * but SurfaceError for what the chat answers, and AbortError. */
export interface Surface {
  readonly chat: Chat;
  /** Posts a card that everybody in the place sees. Said again with the same key it posts nothing, and gives the message that is there. */
  post(place: Place, view: CardView, key: string, signal?: AbortSignal): Promise<Posted>;
  /** Draws a card anew in its place. Tried once: the next view comes soon. */
  edit(posted: Posted, view: CardView, signal?: AbortSignal): Promise<void>;
  /** The last view of a card with its file; idempotent by key. Returns the message that holds the file, or the card's own. */
  finish(
    posted: Posted,
    view: CardView,
    file: OutgoingFile | null,
    key: string,
    steps: Steps,
    signal?: AbortSignal,
  ): Promise<Posted>;
  /** Brings files to the chat where nobody sees them yet, for `finish` to go on with: so what is to be said next is there when its turn comes. */
  ahead?(file: OutgoingFile, steps: Steps, signal?: AbortSignal): Promise<void>;
  /** Takes away a card that ran, once its film stands in a message of its own; `finish` does so itself unless it was cut short. */
  retire?(ran: Posted, signal?: AbortSignal): Promise<void>;
  /** What was posted under a key, looked for in the place itself. */
  find(place: Place, key: string, signal?: AbortSignal): Promise<Posted | null>;
  /** Takes a message away; one that is gone already is fine. */
  remove(posted: Posted, signal?: AbortSignal): Promise<void>;
  /** What is known of a channel of a workspace (`discord:42`, `slack:T1`); `gone` for one that is not in it. */
  look(workspace: string, channel: string, signal?: AbortSignal): Promise<ChannelSeen>;
  /** Tells one person alone: `user` as on the chat, without `discord:`. */
  tell(user: string, place: Place, view: CardView, signal?: AbortSignal): Promise<void>;
}

/** A chat with all its workspaces: each is spoken to as the bot that it let in. */
export interface Surfaces {
  readonly chat: Chat;
  /** The chat as a workspace sees it: `slack:T1`. */
  in(workspace: string): Surface;
  /** How many films may be brought `ahead` of their turn at the same time; none where the chat cannot. */
  readonly ahead?: number;
}

/** Of a chat that has one token for everywhere. */
export function everywhere(surface: Surface): Surfaces {
  return { chat: surface.chat, in: () => surface, ...(surface.ahead && { ahead: broughtAhead }) };
}

/** Films that are brought to a chat ahead of their turn at the same time. */
export const broughtAhead = 3;

/** A channel as it concerns us. */
export interface ChannelSeen {
  /** Whether everybody in the workspace can read it. */
  open: boolean;
  /** What we would have to be allowed to keep cards there: `send messages there`; null when we may. */
  may: string | null;
}

/** A message of ours. */
export interface Posted {
  channel: string;
  /** Slack: the thread it stands in. */
  thread: string | null;
  /** A Discord message id, a Slack `ts`. */
  message: string;
}

/** A file to be streamed, never read whole. */
export interface OutgoingFile {
  /** Absolute. */
  path: string;
  name: string;
  bytes: number;
  contentType: string;
  /** SHA-256, hexadecimal. */
  hash: string;
  /** Files that stand behind it in the same message, in their order, none with others behind it. */
  behind?: readonly OutgoingFile[];
}

/** What of a delivery has succeeded before, by a name that the surface chooses (`uploaded`: the file's id there). Kept before it goes on. */
export interface Steps {
  readonly done: Readonly<Record<string, string>>;
  note(step: string, value: string): Promise<void>;
  /** What people see is there, where it now stands: all that is left is to take away the card that ran, which holds nobody up. */
  said?(at: Posted): Promise<void>;
}

/** Why a chat did not do what it was told. */
export type Trouble =
  /** Too many requests, a fault of theirs, no connection: again after so many seconds, null where nobody said. `own`: nothing was asked of the chat, since we keep to
   * its limits; it is not away, and waits for nobody longer than that. */
  | { kind: 'later'; after: number | null; own?: true }
  /** We may not, there; `words` say what would have to be allowed: `send messages in this channel`. */
  | { kind: 'forbidden'; words: string }
  /** The channel or the message is no more. */
  | { kind: 'gone' }
  | { kind: 'too large' }
  /** They do not take what we sent, and will not: a fault of ours. */
  | { kind: 'refused'; words: string };

/** A chat that did not do what it was told. */
export class SurfaceError extends Error {
  override name = 'SurfaceError';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause?: unknown) {
    super('words' in trouble ? `${trouble.kind}: ${trouble.words}` : trouble.kind, { cause });
    this.trouble = trouble;
  }
}

/** Under which a card is posted: at most 25 of `a-z0-9-`. */
export function cardKey(card: number): string {
  return `card-${card}`;
}
