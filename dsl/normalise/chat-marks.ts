/** Something that a chat program made of what was typed, at the start of `rest`: how long it is, and what it stands for. */
export interface ChatMark {
  length: number;
  text: string;
}

/** Finds an entity (`&amp;`), a link or mention (`<https://x|x>`, `<@U123|name>`, `<#C1|general>`, Discord's `<@!123>`), or a code fence. */
export function chatMarkAt(source: string, offset: number, inText: boolean): ChatMark | null {
  const first = source.charAt(offset);
  if (first === '&') return entity(source, offset);
  if (first === '<') return angled(source, offset);
  if (first === '`' && !inText) return fence(source, offset);
  return null;
}

/** Slack escapes these three and no others. */
function entity(source: string, offset: number): ChatMark | null {
  for (const [name, text] of entities) {
    if (source.startsWith(name, offset)) return { length: name.length, text };
  }
  return null;
}

const entities = [
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
] as const;

function angled(source: string, offset: number): ChatMark | null {
  const end = source.indexOf('>', offset);
  if (end < 0 || end - offset > longest) return null;
  const [body = '', label] = splitOnce(source.slice(offset + 1, end));
  const text = meaning(decode(body), label === undefined ? undefined : decode(label));
  return text === null ? null : { length: end + 1 - offset, text };
}

/** Of an address with its label, in characters; Slack's own limit for a message block is 3,000. */
const longest = 3000;

/** A link that the chat program made of `clip.mov` all by itself (its address is the label with `http://`) is the label again. */
function meaning(body: string, label: string | undefined): string | null {
  if (/[\s<>"]/.test(body)) return null;
  const mention = /^([@#])[!&]?([\w.-]+)$/.exec(body);
  if (mention !== null) return `${mention[1]}${mention[2]}`;
  if (label !== undefined && (body === `http://${label}` || body === `mailto:${label}`)) return label;
  return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(body) ? body : null;
}

function fence(source: string, offset: number): ChatMark {
  const mark = /`{3}(?:pql|sql)?|`+/y;
  mark.lastIndex = offset;
  return { length: mark.exec(source)?.[0].length ?? 1, text: ' ' };
}

function splitOnce(text: string): [string, string | undefined] {
  const bar = text.indexOf('|');
  return bar < 0 ? [text, undefined] : [text.slice(0, bar), text.slice(bar + 1)];
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
