import { isJson } from './json.ts';

/** Says what is wrong, where. */
export type Complain = (where: string, what: string) => void;

export interface TextLimits {
  max: number;
  min?: number;
  /** Which of the two kinds of text are taken. */
  kinds?: readonly ('plain_text' | 'mrkdwn')[];
}

/** A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object. */
export function checkText(
  value: unknown,
  where: string,
  { max, min = 1, kinds = ['plain_text', 'mrkdwn'] }: TextLimits,
  complain: Complain,
): void {
  if (!isJson(value)) {
    complain(where, 'must be a text object');
    return;
  }
  const { type, text, emoji, verbatim } = value;
  if (!kinds.some((kind) => kind === type)) complain(`${where}/type`, `must be ${kinds.join(' or ')}`);
  if (typeof text !== 'string') {
    complain(`${where}/text`, 'must be a string');
    return;
  }
  if (text.length < min) complain(`${where}/text`, `must be at least ${min} characters`);
  if (text.length > max) complain(`${where}/text`, `must be less than ${max + 1} characters`);
  if (emoji !== undefined && (type !== 'plain_text' || typeof emoji !== 'boolean'))
    complain(`${where}/emoji`, 'only plain_text has it, as a boolean');
  if (verbatim !== undefined && type !== 'mrkdwn') complain(`${where}/verbatim`, 'only mrkdwn has it');
  noMore(value, where, ['type', 'text', 'emoji', 'verbatim'], complain);
}

/** A string of so many characters, where there is one. */
export function checkString(value: unknown, where: string, max: number, complain: Complain, min = 1): void {
  if (value === undefined) return;
  if (typeof value !== 'string') {
    complain(where, 'must be a string');
    return;
  }
  if (value.length < min) complain(where, `must be at least ${min} characters`);
  if (value.length > max) complain(where, `must be less than ${max + 1} characters`);
}

/** Fields that Block Kit does not know are refused. */
export function noMore(
  value: Record<string, unknown>,
  where: string,
  known: readonly string[],
  complain: Complain,
): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) complain(`${where}/${name}`, 'no such field');
  }
}

/** A list of so many. Returns it, empty where it is none. */
export function checkList(
  value: unknown,
  where: string,
  [least, most]: readonly [number, number],
  complain: Complain,
): unknown[] {
  if (!Array.isArray(value)) {
    complain(where, 'must be an array');
    return [];
  }
  if (value.length < least) complain(where, `must have at least ${least} items`);
  if (value.length > most) complain(where, `must have at most ${most} items`);
  return value;
}
