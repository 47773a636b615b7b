import type { Choice } from './choice.ts';
import type { CommandOption } from './command.ts';

/** Something that is asked for in a window of its own (a modal). What was filled in comes back as `press` of its token, with values by
 * field id. */
export interface Form {
  token: string;
  /** At most 45 characters; Slack shows the first 24. */
  title: string;
  /** What it is for: one or two sentences. */
  text: string | null;
  /** What matters most first: Discord takes five. */
  fields: readonly Field[];
  /** On the button that sends it: `Stitch`. */
  submit: string;
}

/** One thing to fill in or to choose. */
export interface Field {
  /** `operands`, `as`, `to`, or a clause's word in lower case; `[a-z0-9_-]`, at most 32 characters. */
  id: string;
  /** At most 45 characters. */
  label: string;
  /** At most 100 characters. */
  help: string;
  /** `file`: comes in `Ask.attachments`, not in the values. */
  type: 'line' | 'paragraph' | 'choice' | 'switch' | 'file';
  required: boolean;
  /** Of `choice`: at most 25. */
  choices: readonly Choice[];
  /** Of `file`: how many at most, 1 to 10; one where it is left out. */
  files?: number;
  /** Filled in beforehand. */
  value: string | null;
  /** In UTF-16 code units; at most 4,000. */
  maxLength: number;
  /** Where it is rather chosen than written. */
  listed?: Listed;
}

/** A list that changes with what is typed: `Presenter.complete(verb, field, …)` offers it. */
export interface Listed {
  verb: string;
  field: string;
  /** How many may be chosen; they are joined by ` + `. */
  most: number;
}

/** The list that an option of a command is chosen from, as a part of its field; nothing where it is written. */
export function listedIn(verb: string, { id, listed }: CommandOption): { listed?: Listed } {
  return listed === 0 ? {} : { listed: { verb: verb.toLowerCase(), field: id, most: listed } };
}

/** A place for files of one's own, beside a field that they answer as well: the statement calls them this. */
export function ownFile(help: string, files = 1): Field {
  const field = { id: 'file', label: 'Or your own file', type: 'file', required: false } as const;
  return { ...field, help, files, choices: [], value: null, maxLength: 100 };
}

/** As many files as a window takes. */
export const mostFiles = 10;

/** Whether pressing a button gives a form at once: a chat that opens windows only as the very first answer must not acknowledge before. */
export function opensForm(token: string): boolean {
  return token.startsWith('f');
}
