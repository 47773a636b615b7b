import { isJson, type Json, listOf, textOf } from './json.ts';

/** What stands above an input. */
export function labelOf(block: Json): string {
  return isJson(block.label) ? textOf(block.label.text) : '';
}

/** The state of a view, checked as the client checks it: required, lengths, options. */
export function filledIn(
  view: Json,
  values: Readonly<Record<string, string | readonly string[]>>,
  external: ReadonlyMap<string, readonly Json[]>,
  file: (id: string) => unknown,
): Json {
  const state: Json = {};
  const left = new Set(Object.keys(values));
  for (const block of listOf(view.blocks)) {
    if (!isJson(block) || block.type !== 'input' || !isJson(block.element)) continue;
    const { element } = block;
    const label = labelOf(block);
    left.delete(label);
    const typed = values[label] as string | undefined;
    const entry = isExternal(element)
      ? chosenOf(element, external.get(label))
      : element.type !== 'file_input'
        ? entered(element, typed)
        : typed === undefined
          ? null
          : { type: 'file_input', files: [file(typed)] };
    if (entry === null && block.optional !== true) throw new Error(`${label} has to be filled in`);
    state[textOf(block.block_id)] = { [textOf(element.action_id)]: entry ?? emptyOf(element) };
  }
  if (left.size > 0) throw new Error(`the window does not ask for ${[...left].join(', ')}`);
  return state;
}

/** Whether a field is a list that the app is asked for. */
export function isExternal(element: unknown): boolean {
  return isJson(element) && ['external_select', 'multi_external_select'].includes(textOf(element.type));
}

/** The input of a view by its label. */
export function fieldOf(view: Json, label: string): { block_id: unknown; element: Json } | null {
  for (const block of listOf(view.blocks))
    if (isJson(block) && isJson(block.element) && labelOf(block) === label)
      return { block_id: block.block_id, element: block.element };
  return null;
}

/** What is chosen of a list from elsewhere: what was chosen beforehand where nothing else was. */
function chosenOf(
  { type, initial_option: one, initial_options: several, max_selected_items: most }: Json,
  chosen?: readonly Json[],
): Json | null {
  const all = chosen ?? (type === 'external_select' ? [one ?? []].flat() : listOf(several));
  if (all.length > Number(type === 'external_select' ? 1 : (most ?? 100)))
    throw new Error('more than may be chosen');
  if (all.length === 0) return null;
  return type === 'external_select' ? { type, selected_option: all[0] } : { type, selected_options: all };
}

function emptyOf(element: Json): Json {
  const { type } = element;
  if (type === 'file_input') return { type, files: [] };
  if (type === 'multi_external_select') return { type, selected_options: [] };
  if (type === 'static_select' || type === 'external_select') return { type, selected_option: null };
  return type === 'checkboxes' ? { type, selected_options: [] } : { type, value: null };
}

function entered(element: Json, typed: string | undefined): Json | null {
  const { type } = element;
  if (type === 'plain_text_input') {
    const value = typed ?? textOf(element.initial_value);
    if (value.length > Number(element.max_length ?? 3000)) throw new Error('longer than the field takes');
    return value === '' ? null : { type, value };
  }
  const options = listOf(element.options).filter(isJson);
  const named = (name: string) =>
    options.find((option) => isJson(option.text) && (option.text.text === name || option.value === name));
  if (type === 'checkboxes') {
    const chosen = typed === undefined ? listOf(element.initial_options) : typed === '' ? [] : [named(typed)];
    return { type, selected_options: chosen };
  }
  const chosen = typed === undefined ? element.initial_option : named(typed);
  if (typed !== undefined && chosen === undefined) throw new Error(`there is no option ${typed}`);
  return chosen === undefined ? null : { type, selected_option: chosen };
}
