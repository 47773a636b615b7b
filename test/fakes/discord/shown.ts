import { type Component, everyComponent, kind } from './limits/components.ts';
import type { StoredMessage } from './state.ts';

/** A message as somebody would read it to somebody else: its text with its markup, media as ▣, buttons in brackets. */
export function shown(message: StoredMessage): string {
  if (message.thinking) return 'WatchAI is thinking…';
  return [
    ...(message.content === '' ? [] : [message.content]),
    ...message.components.flatMap((each) => lines(each, message)),
    ...(message.onlyFor === null ? [] : ['(only you can see this)']),
  ].join('\n');
}

/** The buttons of a message, in order. */
export function buttonsOf(message: StoredMessage): Component[] {
  return everyComponent(message.components).filter((each) => each.type === kind.button);
}

function lines(each: Component, message: StoredMessage): string[] {
  const inside = (each.components ?? []).flatMap((child) => lines(child, message));
  switch (each.type) {
    case kind.container:
      return inside.map((line) => `${barOf(each)} ${line}`.trimEnd());
    case kind.text:
      return String(each.content).split('\n');
    case kind.row:
      return [(each.components ?? []).map(button).join(' ')];
    case kind.separator:
      return ['────'];
    case kind.gallery:
      return (each.items as { media: { url: string }; description?: string }[]).map(
        ({ media, description }) => `▣ ${sized(media.url, message)}${description ? ` “${description}”` : ''}`,
      );
    case kind.file:
      return [`▤ ${sized((each.file as { url: string }).url, message)}`];
    default:
      return inside;
  }
}

function barOf(container: Component): string {
  const color = container.accent_color as number | undefined;
  return color === undefined ? '│' : `#${color.toString(16).padStart(6, '0')}│`;
}

function button(each: Component): string {
  const mark = ['', '*', '', '+', '!', '↗'][Number(each.style)] ?? '';
  return each.disabled ? `(${each.label})` : `[${mark}${each.label}]`;
}

function sized(url: string, message: StoredMessage): string {
  const name = url.replace('attachment://', '');
  const file = message.files.find((candidate) => candidate.name === name);
  return file ? `${name}, ${file.bytes.length} bytes` : name;
}
