import type { REST } from 'discord.js';

import type { Ask } from '../presenter/ask.ts';
import type { MessageCommand } from '../presenter/command.ts';
import type { Form } from '../presenter/form.ts';
import type { Presenter } from '../presenter/presenter.ts';
import type { Answer } from './answer.ts';
import type { Heard } from './ask-of.ts';
import type { DiscordSurface } from './surface.ts';
import type { Tokens } from './tokens.ts';

/** What every answer in Discord needs. */
export interface Conversation {
  rest: REST;
  application: string;
  presenter: Presenter;
  surface: DiscordSurface;
  tokens: Tokens;
  forms: Forms;
  messageCommands: readonly MessageCommand[];
  /** Begins what it is given in turn, when it is quiet at the door. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Told of each acknowledgement that is on its way: no answer begins before it has arrived. */
  acknowledged<T>(request: Promise<T>): Promise<T>;
  /** How many interactions are not yet answered, this one with them. */
  inHand(): number;
  /** Told what broke; the asker reads that something did. */
  broke(error: unknown): void;
  /** Milliseconds until an interaction is at least acknowledged. */
  patience?: number;
}

/** Forms that came too late to be opened, behind the button that opens them. */
export type Forms = Map<string, Form>;

/** One interaction that is being answered. */
export interface At {
  heard: Heard;
  ask: Omit<Ask, 'asker'>;
  answer: Answer;
  /** Keeps the token, and which message it may change. */
  remember(message: string | null): void;
}
