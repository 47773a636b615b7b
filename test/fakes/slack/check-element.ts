import { type Complain, checkList, checkString, checkText, noMore } from './check-text.ts';
import { isJson, type Json } from './json.ts';

const plain = ['plain_text'] as const;

/** An interactive element or an image: https://docs.slack.dev/reference/block-kit/block-elements. Those that nothing here sends are refused. */
export function checkElement(
  value: unknown,
  where: string,
  allowed: readonly string[],
  complain: Complain,
): void {
  if (!isJson(value)) {
    complain(where, 'must be an object');
    return;
  }
  const type = String(value.type);
  if (!allowed.includes(type)) {
    complain(`${where}/type`, `${type} is not allowed here`);
    return;
  }
  checkString(value.action_id, `${where}/action_id`, 255, complain);
  elements[type]?.(value, where, complain);
}

const elements: Record<string, (value: Json, where: string, complain: Complain) => void> = {
  button(value, where, complain) {
    checkText(value.text, `${where}/text`, { max: 75, kinds: plain }, complain);
    checkString(value.value, `${where}/value`, 2000, complain);
    checkString(value.url, `${where}/url`, 3000, complain);
    if (typeof value.url === 'string' && !/^https?:\/\/[^\s]+$/.test(value.url))
      complain(`${where}/url`, 'must be a valid URL');
    if (value.style !== undefined && value.style !== 'primary' && value.style !== 'danger')
      complain(`${where}/style`, 'must be primary or danger');
    checkConfirm(value.confirm, `${where}/confirm`, complain);
    const known = ['type', 'text', 'action_id', 'value', 'url', 'style', 'confirm', 'accessibility_label'];
    noMore(value, where, known, complain);
  },
  image(value, where, complain) {
    checkString(value.alt_text ?? 0, `${where}/alt_text`, 2000, complain);
    if ((value.image_url === undefined) === (value.slack_file === undefined))
      complain(where, 'needs one of image_url and slack_file');
    noMore(value, where, ['type', 'image_url', 'slack_file', 'alt_text'], complain);
  },
  static_select(value, where, complain) {
    checkOptions(value.options, `${where}/options`, 100, complain);
    checkInitial([value.initial_option].flat(), value.options, `${where}/initial_option`, complain);
    placeholder(value, where, complain);
    noMore(
      value,
      where,
      ['type', 'action_id', 'options', 'initial_option', 'placeholder', 'focus_on_load', 'confirm'],
      complain,
    );
  },
  external_select(value, where, complain) {
    if (value.initial_option !== undefined)
      checkOptions([value.initial_option], `${where}/initial_option`, 1, complain);
    external(value, where, ['initial_option'], complain);
  },
  multi_external_select(value, where, complain) {
    if (value.initial_options !== undefined)
      checkOptions(value.initial_options, `${where}/initial_options`, 100, complain);
    checkCount(value.max_selected_items, `${where}/max_selected_items`, 1, complain);
    external(value, where, ['initial_options', 'max_selected_items'], complain);
  },
  checkboxes(value, where, complain) {
    checkOptions(value.options, `${where}/options`, 10, complain);
    if (value.initial_options !== undefined)
      checkInitial(
        checkList(value.initial_options, `${where}/initial_options`, [1, 10], complain),
        value.options,
        `${where}/initial_options`,
        complain,
      );
    noMore(
      value,
      where,
      ['type', 'action_id', 'options', 'initial_options', 'focus_on_load', 'confirm'],
      complain,
    );
  },
  file_input(value, where, complain) {
    const { max_files: most } = value;
    if (most !== undefined && !(Number.isInteger(most) && Number(most) >= 1 && Number(most) <= 10))
      complain(`${where}/max_files`, 'must be an integer from 1 to 10');
    noMore(value, where, ['type', 'action_id', 'filetypes', 'max_files'], complain);
  },
  plain_text_input(value, where, complain) {
    placeholder(value, where, complain);
    const { initial_value: initial, max_length: most, min_length: least } = value;
    checkString(initial, `${where}/initial_value`, 3000, complain, 0);
    for (const [name, number] of Object.entries({ max_length: most, min_length: least })) {
      if (
        number !== undefined &&
        !(Number.isInteger(number) && Number(number) >= 0 && Number(number) <= 3000)
      )
        complain(`${where}/${name}`, 'must be an integer up to 3000');
    }
    if (most !== undefined && Number(most) < 1) complain(`${where}/max_length`, 'must be at least 1');
    if (typeof initial === 'string' && initial.length > Number(most ?? 3000))
      complain(`${where}/initial_value`, 'longer than max_length');
    noMore(
      value,
      where,
      [
        ...['type', 'action_id', 'placeholder', 'initial_value', 'multiline', 'max_length', 'min_length'],
        ...['focus_on_load', 'dispatch_action_config'],
      ],
      complain,
    );
  },
};

/** What both kinds of lists from elsewhere have in common. */
function external(value: Json, where: string, more: readonly string[], complain: Complain): void {
  // Without it nothing could be asked for.
  if (value.action_id === undefined) complain(`${where}/action_id`, 'is required');
  placeholder(value, where, complain);
  checkCount(value.min_query_length, `${where}/min_query_length`, 0, complain);
  const known = ['type', 'action_id', 'placeholder', 'min_query_length', 'focus_on_load', 'confirm', ...more];
  noMore(value, where, known, complain);
}

function checkCount(value: unknown, where: string, least: number, complain: Complain): void {
  if (value !== undefined && !(Number.isInteger(value) && Number(value) >= least))
    complain(where, `must be an integer of at least ${least}`);
}

function placeholder(value: Json, where: string, complain: Complain): void {
  if (value.placeholder !== undefined)
    checkText(value.placeholder, `${where}/placeholder`, { max: 150, kinds: plain }, complain);
}

/** Options as they stand in a view, and as an app answers that is asked for them. */
export function checkOptions(value: unknown, where: string, most: number, complain: Complain): void {
  const values = checkList(value, where, [1, most], complain).map((option, index) => {
    const at = `${where}/${index}`;
    if (!isJson(option)) {
      complain(at, 'must be an object');
      return undefined;
    }
    checkText(option.text, `${at}/text`, { max: 75 }, complain);
    checkString(option.value ?? 0, `${at}/value`, 75, complain);
    if (option.description !== undefined)
      checkText(option.description, `${at}/description`, { max: 75 }, complain);
    noMore(option, at, ['text', 'value', 'description', 'url'], complain);
    return option.value;
  });
  if (new Set(values).size !== values.length) complain(where, 'values must be unique');
}

/** What is chosen beforehand is one of the options, to the letter. */
function checkInitial(chosen: unknown[], options: unknown, where: string, complain: Complain): void {
  const known = Array.isArray(options) ? options.map((option) => JSON.stringify(option)) : [];
  for (const option of chosen) {
    if (option !== undefined && !known.includes(JSON.stringify(option)))
      complain(where, 'is none of the options');
  }
}

function checkConfirm(value: unknown, where: string, complain: Complain): void {
  if (value === undefined) return;
  if (!isJson(value)) {
    complain(where, 'must be an object');
    return;
  }
  checkText(value.title, `${where}/title`, { max: 100, kinds: plain }, complain);
  checkText(value.text, `${where}/text`, { max: 300 }, complain);
  checkText(value.confirm, `${where}/confirm`, { max: 30, kinds: plain }, complain);
  checkText(value.deny, `${where}/deny`, { max: 30, kinds: plain }, complain);
}
