import type { types } from '@slack/bolt';

export type MessageBlock = types.KnownBlock;
export type RichElement = types.RichTextElement;

/** Block Kit refuses what is longer, in UTF-16 code units: https://docs.slack.dev/reference/block-kit/blocks. */
export const most = {
  header: 150,
  /** Of all blocks of a message as JSON, bytes; refused at about 13,200 (slackapi/bolt-js#2509). */
  message: 12_000,
  button: 75,
  windowTitle: 24,
  option: 75,
  /** Options of a list. */
  listed: 100,
  label: 2000,
  input: 3000,
} as const;

/** A text in which nothing is read as a mention, a link or an emoji. */
export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Literal text: in rich text nothing is read as markup, so it can neither ping, nor link, nor end a code block. */
export function words(text: string, style?: types.RichTextText['style']): types.RichTextText {
  return style === undefined ? { type: 'text', text } : { type: 'text', text, style };
}

/** A block of code. */
export function code(text: string): types.RichTextPreformatted {
  return { type: 'rich_text_preformatted', elements: [words(text)] };
}

/** A paragraph of rich text. */
export function paragraph(...elements: RichElement[]): types.RichTextSection {
  return { type: 'rich_text_section', elements };
}

/** For where only mrkdwn is taken: https://docs.slack.dev/messaging/formatting-message-text#escaping. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
