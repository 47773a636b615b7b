import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';

import { showBytes } from '../../dsl/amounts.ts';
import type { CardButton, CardView, Told, Tone } from '../presenter/card-view.ts';
import { cutLines, cutTo, plainLine } from '../presenter/plain.ts';
import { codeBlock, literal } from './literal.ts';

/** A message as Discord takes it: of components only, and nobody is ever pinged by it. */
export interface DrawnCard {
  flags: number;
  components: APIMessageTopLevelComponent[];
  allowed_mentions: { parse: [] };
}

export interface DrawOptions {
  /** Told from other messages of ours by it; see `markOf`. */
  mark?: number;
  /** The names of the files that go with it, in their order, and whether each plays in the chat. */
  files?: readonly DrawnFile[];
  /** Whether only one person sees it. */
  onlyForThem?: boolean;
}

export interface DrawnFile {
  name: string;
  plays: boolean;
}

/** Draws a card with Components V2: a coloured bar, the title, the PQL, what is to be known, the film, buttons. Pure. Keeps to 10 parts in the
 * box, 40 in all and 4,000 characters, whatever the card holds. */
export function drawCard(
  view: CardView,
  { mark, files = [], onlyForThem = false }: DrawOptions = {},
): DrawnCard {
  const head = headOf(view);
  const foot = view.footnote === null ? '' : `-# ${literal(cutTo(view.footnote, 200))}`;
  const body = bodyOf(view, mostText - head.length - foot.length);
  const media = mediaOf(files, view);
  // Title, text, footnote and the line above the buttons take four.
  const rows = rowsOf(view).slice(0, mostParts - 4 - media.length);
  const parts: APIComponentInContainer[] = [
    ...textOf(head),
    ...textOf(body),
    ...media,
    ...textOf(foot),
    ...(rows.length > 0 ? [{ type: ComponentType.Separator as const, divider: false }] : []),
    ...rows,
  ];
  const color = colors[view.tone];
  return {
    flags: MessageFlags.IsComponentsV2 | (onlyForThem ? MessageFlags.Ephemeral : 0),
    components: [
      {
        type: ComponentType.Container,
        ...(mark === undefined ? {} : { id: mark }),
        ...(color === null ? {} : { accent_color: color }),
        components: parts,
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** Of all text of a message together. */
const mostText = 4000;

/** In the box of a card. */
const mostParts = 10;

/** What is left to say something where the PQL is very long. */
const leastBody = 1200;

/** Discord's own: blurple while something goes on, green, red, yellow. */
const colors: Record<Tone, number | null> = {
  waiting: 0x99aab5,
  running: 0x5865f2,
  done: 0x57f287,
  failed: 0xed4245,
  refused: 0xfee75c,
  plain: null,
};

function headOf(view: CardView): string {
  const title = `### ${literal(cutTo(view.title, 100))}`;
  const asked = view.asked !== null && /^\d{15,20}$/.test(view.asked) ? [`-# asked by <@${view.asked}>`] : [];
  const top = [title, ...asked].join('\n');
  if (view.pql === null) return top;
  return `${top}\n${codeBlock(cutLines(view.pql, 1000))}`;
}

/** Lines and progress first; the block takes what is left. */
function bodyOf(view: CardView, room: number): string {
  const { progress } = view;
  const said = [
    ...(progress === null ? [] : [`${barOf(progress.fraction)} ${literal(cutTo(progress.text, 200))}`]),
    ...view.lines.map((line) => literal(cutTo(line, 300))).filter((line) => line !== ''),
    ...view.record.map((line) => line.map(toldOf).join('')),
  ].join('\n');
  const most = Math.max(
    leastBody,
    view.block === null ? room : room - Math.min(view.block.length + 20, 1400),
  );
  const text = cutLines(said, Math.min(most, room));
  if (view.block === null) return text;
  const left = room - text.length - 1 - codeBlock('').length;
  if (left < 40) return text;
  return [...(text === '' ? [] : [text]), fitted(view.block, left)].join('\n');
}

/** Discord itself says who, and counts the time: https://discord.com/developers/docs/reference#message-formatting. */
function toldOf(told: Told): string {
  if (typeof told === 'string') return spaced(told);
  if ('user' in told) {
    const [, id] = /^discord:(\d{15,20})$/.exec(told.user) ?? [];
    return id === undefined ? literal(cutTo(told.user, 100)) : `<@${id}>`;
  }
  const seconds = Math.floor(told.at.getTime() / 1000);
  return `<t:${seconds}:f> (<t:${seconds}:R>)`;
}

/** Words between others keep the spaces around them. */
function spaced(words: string): string {
  return `${/^\s/.test(words) ? ' ' : ''}${literal(words)}${/\s$/.test(words) ? ' ' : ''}`;
}

/** What stands between backticks to keep them apart counts too. */
function fitted(block: string, room: number): string {
  let most = room;
  for (;;) {
    const drawn = codeBlock(cutLines(block, most));
    const over = drawn.length - codeBlock('').length - room;
    if (over <= 0) return drawn;
    most -= over;
  }
}

function barOf(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * 12);
  return `${'▰'.repeat(full)}${'▱'.repeat(12 - full)}`;
}

function textOf(content: string): APIComponentInContainer[] {
  return content === '' ? [] : [{ type: ComponentType.TextDisplay, content }];
}

/** Films and pictures side by side, up to ten; below them what does not play. */
function mediaOf(files: readonly DrawnFile[], view: CardView): APIComponentInContainer[] {
  const at = ({ name }: DrawnFile) => ({ url: `attachment://${name}` });
  // What a screen reader says of it.
  const description = cutTo(plainLine(view.pql ?? view.title), 1000);
  const items = files
    .filter(({ plays }) => plays)
    .map((file) => ({ media: at(file), ...(description === '' ? {} : { description }) }));
  return [
    ...(items.length > 0 ? [{ type: ComponentType.MediaGallery as const, items }] : []),
    ...files
      .filter(({ plays }) => !plays)
      .map((file) => ({ type: ComponentType.File as const, file: at(file) })),
  ];
}

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

function rowsOf({ buttons, media, more = [] }: CardView): Row[] {
  const rows = buttons.slice(0, 5).filter((row) => row.length > 0);
  const links = [...(media === null ? [] : [media]), ...more].flatMap(({ id, bytes, link }): CardButton[] => {
    if (link === null || rows.flat().some((button) => button.url === link)) return [];
    const label = more.length === 0 ? 'Open all of it' : `${id}, ${showBytes(bytes)}`;
    return [{ token: `link-${id}`, label, style: 'link', url: link }];
  });
  const linked = Array.from({ length: Math.ceil(links.length / 5) }, (_, at) =>
    links.slice(at * 5, at * 5 + 5),
  );
  return [...rows, ...linked].slice(0, 5).map((row) => ({
    type: ComponentType.ActionRow,
    components: row.slice(0, 5).map(buttonOf),
  }));
}

const styles = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;

function buttonOf({ token, label, style, url }: CardButton): APIComponentInMessageActionRow {
  const common = { type: ComponentType.Button as const, label: cutTo(label, 80) };
  if (style === 'link' && url !== null) return { ...common, style: ButtonStyle.Link, url };
  return { ...common, style: style === 'link' ? ButtonStyle.Secondary : styles[style], custom_id: token };
}
