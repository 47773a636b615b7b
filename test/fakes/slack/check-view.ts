import { checkBlocks } from './check-blocks.ts';
import { checkString, checkText, noMore } from './check-text.ts';
import { isJson, listOf } from './json.ts';

/** Everything that the real service would refuse of a view: https://docs.slack.dev/reference/views. */
export function checkView(view: unknown, type: 'modal' | 'home'): string[] {
  if (!isJson(view)) return ['[ERROR] must be an object [json-pointer:/view]'];
  const wrong: string[] = [];
  const complain = (where: string, what: string) =>
    void wrong.push(`[ERROR] ${what} [json-pointer:/view${where}]`);
  if (view.type !== type) complain('/type', `must be ${type}`);
  if (type === 'modal') {
    for (const name of ['title', 'submit', 'close']) {
      if (name === 'title' || view[name] !== undefined)
        checkText(view[name], `/${name}`, { max: 24, kinds: ['plain_text'] }, complain);
    }
    const asks = listOf(view.blocks).some((block) => isJson(block) && block.type === 'input');
    if (asks && view.submit === undefined) complain('/submit', 'is required where there are inputs');
  }
  checkString(view.private_metadata, '/private_metadata', 3000, complain, 0);
  checkString(view.callback_id, '/callback_id', 255, complain);
  noMore(
    view,
    '',
    [
      ...['type', 'title', 'submit', 'close', 'blocks', 'private_metadata', 'callback_id'],
      ...['clear_on_close', 'notify_on_close', 'external_id'],
    ],
    complain,
  );
  return [...wrong, ...checkBlocks(view.blocks, type)];
}
