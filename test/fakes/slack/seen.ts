import { isJson, type Json, listOf, textOf } from './json.ts';

export interface SeenButton {
  label: string;
  action: string;
  block: string;
  value: string;
  style: string | null;
  url: string | null;
}

/** What somebody who looks at a message sees, and what it does to others. */
export interface Seen {
  /** Line by line; code stands between bars. */
  text: string;
  /** Who is notified: `@U1`, `!channel`, `!subteam`. */
  pings: string[];
  links: { url: string; text: string }[];
  /** What stands in blocks of code. */
  code: string[];
  buttons: SeenButton[];
}

/** Looks at a message as its readers do: mrkdwn is read, plain text is not. */
export function look(message: { text: string; blocks: readonly unknown[] }): Seen {
  const seen: Seen = { text: '', pings: [], links: [], code: [], buttons: [] };
  const lines = message.blocks.length === 0 ? [mrkdwn(message.text, seen)] : [];
  // What is said to a screen reader and in a notification pings as well.
  if (message.blocks.length > 0) mrkdwn(message.text, { ...seen, links: [], code: [] });
  for (const block of message.blocks) if (isJson(block)) lines.push(...blockLines(block, seen));
  seen.text = lines.filter((line) => line !== '').join('\n');
  return seen;
}

function blockLines(block: Json, seen: Seen): string[] {
  switch (block.type) {
    case 'header':
    case 'section':
      return [textObject(block.text, seen), ...listOf(block.fields).map((field) => textObject(field, seen))];
    case 'context':
      return [
        listOf(block.elements)
          .map((element) => textObject(element, seen))
          .join(' '),
      ];
    case 'rich_text':
      return listOf(block.elements).flatMap((part) => (isJson(part) ? [richPart(part, seen)] : []));
    case 'input':
      return [textObject(block.label, seen), textObject(block.hint, seen)];
    case 'actions':
      for (const element of listOf(block.elements))
        if (isJson(element)) button(element, textOf(block.block_id), seen);
      return [];
    case 'divider':
      return ['———'];
    default:
      return [];
  }
}

function button(element: Json, block: string, seen: Seen): void {
  if (element.type !== 'button') return;
  seen.buttons.push({
    label: isJson(element.text) ? textOf(element.text.text) : '',
    action: textOf(element.action_id),
    block,
    value: textOf(element.value),
    style: typeof element.style === 'string' ? element.style : null,
    url: typeof element.url === 'string' ? element.url : null,
  });
}

function textObject(value: unknown, seen: Seen): string {
  if (!isJson(value)) return '';
  return value.type === 'mrkdwn' ? mrkdwn(textOf(value.text), seen) : textOf(value.text);
}

function richPart(part: Json, seen: Seen): string {
  const text = listOf(part.elements)
    .map((element) => (isJson(element) ? richElement(element, seen) : ''))
    .join('');
  if (part.type !== 'rich_text_preformatted') return text;
  seen.code.push(text);
  return `| ${text.replaceAll('\n', '\n| ')}`;
}

function richElement(element: Json, seen: Seen): string {
  switch (element.type) {
    case 'text':
      return textOf(element.text);
    case 'link': {
      const url = textOf(element.url);
      seen.links.push({ url, text: textOf(element.text) || url });
      return textOf(element.text) || url;
    }
    case 'user':
      seen.pings.push(`@${element.user_id}`);
      return `@${element.user_id}`;
    case 'broadcast':
      seen.pings.push(`!${element.range}`);
      return `@${element.range}`;
    case 'usergroup':
      seen.pings.push('!subteam');
      return '@group';
    default:
      return textOf(element.text);
  }
}

/** https://docs.slack.dev/messaging/formatting-message-text. */
function mrkdwn(text: string, seen: Seen): string {
  for (const fence of text.matchAll(/```([\s\S]*?)```/g)) seen.code.push(decode(fence[1]!));
  return decode(
    text.replace(/<([^<>]+)>/g, (_, inside: string) => {
      const [target = '', label] = inside.split('|');
      if (target.startsWith('@')) seen.pings.push(target);
      else if (target.startsWith('!')) seen.pings.push(target.split('^')[0]!);
      else if (!target.startsWith('#'))
        seen.links.push({ url: decode(target), text: decode(label ?? target) });
      return label ?? target;
    }),
  );
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
