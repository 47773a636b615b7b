import type { Facts } from '../../dsl/facts.ts';
import type { Kind } from '../../dsl/kind.ts';

/** How a card looks at a glance: a colour, a mark. */
export type Tone = 'waiting' | 'running' | 'done' | 'failed' | 'refused' | 'plain';

/** A card as data: no markup of any chat in it, every text raw. A surface escapes and draws it. */
export interface CardView {
  tone: Tone;
  /** `g7 · waiting, 2nd in line`, one line of at most 100 characters. */
  title: string;
  /** Who asked: the user's id on the surface, drawn as a mention that pings nobody. */
  asked: string | null;
  /** Canonical PQL, for a code block; at most 1,000 characters. */
  pql: string | null;
  /** What a newcomer should know: phase, why it waits, what it cost, what to do next. Each at most 300 characters, at most 12. */
  lines: readonly string[];
  /** What people did, and when: lines below the others, in which the chat itself says who and how long ago. At most 12. */
  record: readonly (readonly Told[])[];
  /** `fraction` 0 to 1; `text` says it in words: `42%, 31 fps, 8s left`. */
  progress: { fraction: number; text: string } | null;
  /** Diagnostics with caret, or a table: monospaced, for a code block, at most 2,400 characters. */
  block: string | null;
  media: CardMedia | null;
  /** What else came out and was asked for, in the order of the plan; left out where nothing did. */
  more?: readonly CardMedia[];
  /** At most five rows of at most five. */
  buttons: readonly (readonly CardButton[])[];
  /** One line, at most 200 characters. */
  footnote: string | null;
}

/** A piece of such a line: words, at most 300 characters; somebody, as `discord:123`, pinged by nothing; a moment. */
export type Told = string | { user: string } | { at: Date };

/** What came out, by hash; the bytes come with the delivery. */
export interface CardMedia {
  /** `v12`. */
  id: string;
  hash: string;
  kind: Kind;
  /** A file name: `g7-harbour.mp4`. */
  name: string;
  bytes: number;
  facts: Facts;
  /** What is shown instead where the whole does not fit. */
  preview: { hash: string; bytes: number } | null;
  /** Where the whole can be had, for those who may see it. */
  link: string | null;
}

export interface CardButton {
  /** Comes back in `press`; nothing else about the button travels. Of a link, only unique on its card. At most 40 characters. */
  token: string;
  /** At most 25 characters. */
  label: string;
  style: 'primary' | 'secondary' | 'danger' | 'link';
  /** Of a link. */
  url: string | null;
}

/** A card with nothing on it. */
export const emptyView: CardView = {
  tone: 'plain',
  title: '',
  asked: null,
  pql: null,
  lines: [],
  record: [],
  progress: null,
  block: null,
  media: null,
  buttons: [],
  footnote: null,
};
