import type { Asker } from '../../engine/asker.ts';
import type { Ask, Chat } from './ask.ts';
import type { CardView } from './card-view.ts';
import type { Choice } from './choice.ts';
import type { Reply } from './reply.ts';
import type { Standing } from './roles.ts';
import type { Posted, Surfaces } from './surface.ts';

/** What is the same in every chat: what a statement, a form and a button do, and what a card says. */
export interface Presenter {
  /** Answers what somebody said. Never throws for what they said. */
  hear(ask: Ask, signal?: AbortSignal): Promise<Reply>;
  /** At most 25 choices for a field of a command while it is typed: clips, names, groups, networks, values. Quick, and never throws. */
  complete(verb: string, field: string, typed: string, asker: Asker, signal?: AbortSignal): Promise<Choice[]>;
  /** Where the card of an `accepted` stands now. */
  posted(card: number, posted: Posted): Promise<void>;
  /** Nothing of an `accepted` may be drawn where it was said, and whoever asked knows it: nobody tells them again. */
  silent(card: number): Promise<void>;
  /** What a card says now, its buttons included; null where there is no such card. For a surface that wants it outside the loop, and for its last view. */
  view(card: number): Promise<CardView | null>;
  /** Keeps the living cards of a surface up to date until the signal: posts those that have no message, edits those whose view changed, at
   * most every `every` milliseconds a card, latest wins. One process at a time keeps a card. The last view is left to delivery. */
  keep(surfaces: Surfaces, options: KeepOptions, signal: AbortSignal): Promise<void>;
  /** What somebody has at work and lately had, for a home page of theirs: at most `most` cards. */
  cardsOf(chat: Chat, asker: Asker, most: number): Promise<CardView[]>;
  /** Who somebody is here: `team` is the Discord guild or Slack team, and may hold nothing but letters and digits, as `user`. What they may do follows from
   * how the chat ranks them and from settings of the workspace. */
  asker(chat: Chat, team: string, user: string, standing: Standing): Promise<Asker>;
  /** The Discord roles or Slack user groups that settings speak of: whoever asks a chat about members asks about these. */
  roleGroups(chat: Chat, team: string): Promise<string[]>;
}

export interface KeepOptions {
  /** Least milliseconds between two edits of one card, when so many live in its workspace. */
  every(living: number): number;
  /** Milliseconds between looks for what moderators are to be asked; 2,000 where nobody says. */
  queueEvery?: number;
  /** How many have to come before what a card came to for the card to say so meanwhile; never where it is left out, since edits would hold them up. */
  inLine?: number;
}
