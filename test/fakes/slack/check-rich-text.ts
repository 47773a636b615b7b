import { type Complain, checkList, noMore } from './check-text.ts';
import { isJson } from './json.ts';

/** What may stand in a rich_text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
export function checkRichText(value: unknown, where: string, complain: Complain): void {
  for (const [index, part] of checkList(value, where, [0, 1000], complain).entries()) {
    const at = `${where}/${index}`;
    if (!isJson(part)) {
      complain(at, 'must be an object');
      continue;
    }
    const inner = parts[String(part.type)];
    if (inner === undefined) complain(`${at}/type`, `${part.type} is not allowed here`);
    else if (part.type === 'rich_text_list') {
      for (const [line, section] of checkList(part.elements, `${at}/elements`, [1, 1000], complain).entries())
        checkRichText([section], `${at}/elements/${line}`, complain);
      if (part.style !== 'bullet' && part.style !== 'ordered')
        complain(`${at}/style`, 'must be bullet or ordered');
    } else {
      for (const [nth, element] of checkList(part.elements, `${at}/elements`, [1, 1000], complain).entries())
        checkInline(element, `${at}/elements/${nth}`, inner, complain);
      noMore(part, at, ['type', 'elements', 'border'], complain);
    }
  }
}

const inline = [
  'text',
  'link',
  'user',
  'channel',
  'usergroup',
  'team',
  'broadcast',
  'emoji',
  'date',
  'color',
];

const parts: Record<string, readonly string[]> = {
  rich_text_section: inline,
  rich_text_quote: inline,
  rich_text_preformatted: ['text', 'link'],
  rich_text_list: [],
};

function checkInline(value: unknown, where: string, allowed: readonly string[], complain: Complain): void {
  if (!isJson(value)) {
    complain(where, 'must be an object');
    return;
  }
  const type = String(value.type);
  if (!allowed.includes(type)) {
    complain(`${where}/type`, `${type} is not allowed here`);
    return;
  }
  if (type === 'text' && (typeof value.text !== 'string' || value.text === ''))
    complain(`${where}/text`, 'must be at least 1 characters');
  if (type === 'link' && (typeof value.url !== 'string' || !/^(?:https?:\/\/|mailto:)\S+$/.test(value.url)))
    complain(`${where}/url`, 'must be a valid URL');
  if (type === 'user' && !/^[UW][A-Z0-9]+$/.test(String(value.user_id)))
    complain(`${where}/user_id`, 'must be a user id');
  if (value.style !== undefined && type !== 'text' && type !== 'link' && type !== 'user')
    complain(`${where}/style`, 'is not allowed here');
}
