import type { Choice } from './choice.ts';

/** A command as every chat declares it in its own way. */
export interface ChatCommand {
  /** `[a-z-]`, at most 32 characters: what is typed behind the slash. */
  name: string;
  /** At most 100 characters. */
  description: string;
  /** At most 25; those that are required come first. */
  options: readonly CommandOption[];
  /** What is said behind it, where it says nothing by itself: `/consent opt-out`. At most 25, with nothing under them. */
  under?: readonly ChatCommand[];
}

/** What may be said with a command. */
export interface CommandOption {
  /** `[a-z_]`, at most 32 characters; the key in `Said.values`. */
  id: string;
  /** At most 100 characters. */
  description: string;
  /** `file`: comes in `Ask.attachments`, not in the values. */
  type: 'text' | 'number' | 'integer' | 'switch' | 'file';
  required: boolean;
  /** All there are, at most 25; empty where anything may be said. */
  choices: readonly Choice[];
  min: number | null;
  max: number | null;
  /** Of `text`, in UTF-16 code units. */
  maxLength: number | null;
  /** Whether `Presenter.complete` has something to offer while it is typed. */
  completed: boolean;
  /** How many of what is there may be chosen from a list that it completes: clips, names, groups, networks. 0 for what is rather written. */
  listed: number;
}

/** A command on a message that is there, which is said by its id: what the message carries comes in `Ask.attachments`. */
export interface MessageCommand {
  id: 'enhance' | 'report';
  /** At most 24 characters, as Slack shows them. */
  name: string;
  description: string;
  /** Whether it answers with a form at once: a chat that opens windows only as the very first answer must not acknowledge before. */
  asks: boolean;
}

/** An option with what is mostly so. */
export function option(id: string, description: string, more: Partial<CommandOption> = {}): CommandOption {
  return {
    id,
    description,
    type: 'text',
    required: false,
    choices: [],
    min: null,
    max: null,
    maxLength: null,
    completed: false,
    listed: 0,
    ...more,
  };
}
