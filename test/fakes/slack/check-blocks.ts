import { checkElement } from './check-element.ts';
import { checkRichText } from './check-rich-text.ts';
import { type Complain, checkList, checkString, checkText, noMore } from './check-text.ts';
import { isJson, type Json, listOf } from './json.ts';

/** Where blocks stand. */
export type Standing = 'message' | 'modal' | 'home';

/** Everything that the real service would refuse of these blocks, as `response_metadata.messages` says it; empty for none.
 * https://docs.slack.dev/reference/block-kit/blocks. */
export function checkBlocks(value: unknown, standing: Standing): string[] {
  const wrong: string[] = [];
  const complain: Complain = (where, what) =>
    void wrong.push(`[ERROR] ${what} [json-pointer:/blocks${where}]`);
  const blocks = checkList(value, '', [0, standing === 'message' ? 50 : 100], complain);
  const ids = blocks.flatMap((block) =>
    isJson(block) && block.block_id !== undefined ? [block.block_id] : [],
  );
  if (new Set(ids).size !== ids.length) complain('', 'block_id must be unique');
  for (const [index, block] of blocks.entries()) {
    const where = `/${index}`;
    if (!isJson(block)) {
      complain(where, 'must be an object');
      continue;
    }
    const check = kinds[String(block.type)];
    if (check === undefined) complain(`${where}/type`, `unsupported type: ${block.type}`);
    else if (standing === 'message' && block.type === 'input')
      complain(`${where}/type`, 'input only stands in modals and homes');
    else check(block, where, complain);
    checkString(block.block_id, `${where}/block_id`, 255, complain);
    const actions = [...listOf(block.elements), block.element, block.accessory].flatMap((element) =>
      isJson(element) && element.action_id !== undefined ? [element.action_id] : [],
    );
    if (new Set(actions).size !== actions.length) complain(where, 'action_id must be unique within a block');
  }
  return wrong;
}

/** Blocks are refused together, too, however short each is: about 13,200 characters of JSON in a message (slackapi/bolt-js#2509). */
export function tooLong(blocks: unknown): boolean {
  return JSON.stringify(blocks ?? []).length > 13_200;
}

const kinds: Record<string, (block: Json, where: string, complain: Complain) => void> = {
  header(block, where, complain) {
    checkText(block.text, `${where}/text`, { max: 150, kinds: ['plain_text'] }, complain);
    noMore(block, where, ['type', 'block_id', 'text', 'level'], complain);
  },
  section(block, where, complain) {
    if (block.text === undefined && block.fields === undefined) complain(where, 'needs text or fields');
    if (block.text !== undefined) checkText(block.text, `${where}/text`, { max: 3000 }, complain);
    if (block.fields !== undefined) {
      for (const [nth, field] of checkList(block.fields, `${where}/fields`, [1, 10], complain).entries())
        checkText(field, `${where}/fields/${nth}`, { max: 2000 }, complain);
    }
    if (block.accessory !== undefined)
      checkElement(block.accessory, `${where}/accessory`, ['button', 'image', 'static_select'], complain);
    noMore(block, where, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'], complain);
  },
  context(block, where, complain) {
    for (const [nth, element] of checkList(
      block.elements,
      `${where}/elements`,
      [1, 10],
      complain,
    ).entries()) {
      const at = `${where}/elements/${nth}`;
      if (isJson(element) && element.type === 'image') checkElement(element, at, ['image'], complain);
      else checkText(element, at, { max: 3000 }, complain);
    }
    noMore(block, where, ['type', 'block_id', 'elements'], complain);
  },
  actions(block, where, complain) {
    const list = checkList(block.elements, `${where}/elements`, [1, 25], complain);
    for (const [nth, element] of list.entries())
      checkElement(element, `${where}/elements/${nth}`, ['button', 'static_select', 'checkboxes'], complain);
    noMore(block, where, ['type', 'block_id', 'elements'], complain);
  },
  divider: (block, where, complain) => noMore(block, where, ['type', 'block_id'], complain),
  rich_text(block, where, complain) {
    checkRichText(block.elements, `${where}/elements`, complain);
    noMore(block, where, ['type', 'block_id', 'elements'], complain);
  },
  image(block, where, complain) {
    checkString(block.alt_text ?? 0, `${where}/alt_text`, 2000, complain);
    if (block.title !== undefined)
      checkText(block.title, `${where}/title`, { max: 2000, kinds: ['plain_text'] }, complain);
    if ((block.image_url === undefined) === (block.slack_file === undefined))
      complain(where, 'needs one of image_url and slack_file');
    noMore(block, where, ['type', 'block_id', 'image_url', 'slack_file', 'alt_text', 'title'], complain);
  },
  markdown(block, where, complain) {
    checkString(block.text ?? 0, `${where}/text`, 12_000, complain);
    noMore(block, where, ['type', 'block_id', 'text'], complain);
  },
  input(block, where, complain) {
    checkText(block.label, `${where}/label`, { max: 2000, kinds: ['plain_text'] }, complain);
    if (block.hint !== undefined)
      checkText(block.hint, `${where}/hint`, { max: 2000, kinds: ['plain_text'] }, complain);
    const inputs = [
      ...['plain_text_input', 'static_select', 'checkboxes', 'file_input'],
      ...['external_select', 'multi_external_select'],
    ];
    checkElement(block.element, `${where}/element`, inputs, complain);
    const known = ['type', 'block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action'];
    noMore(block, where, known, complain);
  },
};
