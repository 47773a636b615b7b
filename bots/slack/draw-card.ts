import type { types } from '@slack/bolt';

import { showBytes } from '../../dsl/amounts.ts';
import type { CardButton, CardMedia, CardView, Told, Tone } from '../presenter/card-view.ts';
import { cutLines, cutTo } from '../presenter/plain.ts';
import {
  code,
  escaped,
  type MessageBlock,
  most,
  paragraph,
  plain,
  type RichElement,
  words,
} from './blocks.ts';

/** A card as a message: `text` is what notifications and screen readers say. */
export interface DrawnCard {
  text: string;
  blocks: MessageBlock[];
}

/** Draws a card in Block Kit. Whatever people wrote goes into plain and rich text, which read no markup. `who` is the name of who asked: a name
 * notifies nobody, a mention would. `within`: which of several cards of one page it is. */
export function drawCard(view: CardView, who: string | null, within = ''): DrawnCard {
  const title = `${marks[view.tone]}${view.title}`;
  for (let room = 1; ; room /= 2) {
    const blocks = blocksOf(view, { title, who, within }, room);
    if (Buffer.byteLength(JSON.stringify(blocks)) <= most.message || room < 0.1)
      return { text: escaped(cutTo(title, most.header)) || 'WatchAI', blocks };
  }
}

const marks: Readonly<Record<Tone, string>> = {
  waiting: '⏳ ',
  running: '🎬 ',
  done: '✅ ',
  failed: '⚠️ ',
  refused: '✋ ',
  plain: '',
};

interface About {
  title: string;
  who: string | null;
  within: string;
}

/** `room`: how much of long texts is shown, 1 for all of it. */
function blocksOf(view: CardView, { title, who, within }: About, room: number): MessageBlock[] {
  const blocks: MessageBlock[] =
    title.trim() === '' ? [] : [{ type: 'header', text: plain(cutTo(title, most.header)) }];
  const text = richText(view, who, room);
  if (text.length > 0) blocks.push({ type: 'rich_text', elements: text });
  for (const [index, row] of view.buttons.entries())
    if (row.length > 0) blocks.push(actions(row, `${within}${index}`));
  if (view.footnote !== null && view.footnote !== '')
    blocks.push({ type: 'context', elements: [plain(view.footnote)] });
  return blocks;
}

function richText(view: CardView, who: string | null, room: number): types.RichTextBlockElement[] {
  const cut = (text: string) => cutLines(text, Math.max(80, Math.floor(text.length * room)));
  const lines = view.lines.filter((line) => line !== '').slice(0, Math.max(1, Math.floor(12 * room)));
  const parts: types.RichTextBlockElement[] = [];
  if (who !== null) parts.push(paragraph(words(`${who} asked for${view.pql === null ? ' this' : ''}`)));
  if (view.pql !== null && view.pql !== '') parts.push(code(cut(view.pql)));
  if (view.progress !== null) {
    const { fraction, text } = view.progress;
    parts.push(paragraph(words(bar(fraction), { code: true }), words(` ${text}`)));
  }
  if (lines.length > 0) parts.push(paragraph(words(lines.join('\n'))));
  for (const line of view.record) {
    const told = line.filter((each) => each !== '').map(toldOf);
    if (told.length > 0) parts.push(paragraph(...told));
  }
  if (view.block !== null && view.block !== '') parts.push(code(cut(view.block)));
  const { media, more = [] } = view;
  for (const each of media === null ? [] : [media, ...more])
    if (each.link !== null) parts.push(whole(each, each.link, more.length > 0));
  return parts;
}

/** Slack itself counts the time. Whoever draws for everybody says names (createSurface): a mention notifies. */
function toldOf(told: Told): RichElement {
  if (typeof told === 'string') return words(told);
  if ('user' in told) {
    const [, user_id] = /^slack:([UW][A-Z0-9]+)$/.exec(told.user) ?? [];
    return user_id === undefined ? words(told.user) : { type: 'user', user_id };
  }
  return {
    type: 'date',
    timestamp: Math.floor(told.at.getTime() / 1000),
    format: '{date_short_pretty} at {time} ({ago})',
    fallback: `${told.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
}

/** Twenty cells: `██████░░░░`. */
function bar(fraction: number): string {
  const full = Math.round(20 * Math.min(1, Math.max(0, fraction)));
  return '█'.repeat(full) + '░'.repeat(20 - full);
}

/** The text is ours and says what it is, so that no link can pretend to be another. */
function whole(
  { id, kind, bytes, preview }: CardMedia,
  url: string,
  several: boolean,
): types.RichTextSection {
  const noun = { video: 'film', image: 'picture', audio: 'sound' }[kind as string] ?? 'file';
  const which = several ? ` ${id}` : '';
  const text = `${preview === null ? 'Open' : 'Open the whole'} ${noun}${which} (${showBytes(bytes)})`;
  return paragraph({ type: 'link', url, text });
}

function actions(row: readonly CardButton[], index: string): MessageBlock {
  return {
    type: 'actions',
    block_id: `row-${index}`,
    elements: row.map((button, nth): types.Button => {
      const common = {
        type: 'button',
        action_id: `press-${index}-${nth}`,
        text: plain(cutTo(button.label, most.button)),
      } as const;
      if (button.style === 'link' && button.url !== null) return { ...common, url: button.url };
      const style = button.style === 'primary' || button.style === 'danger' ? { style: button.style } : {};
      return { ...common, ...style, value: button.token };
    }),
  };
}
