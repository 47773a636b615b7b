import type { Complaints } from '../refusal.ts';

/** A component as it came: nothing is believed of it. */
export interface Component {
  type?: number;
  custom_id?: string;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  [field: string]: unknown;
}

/** What the numbers of component types mean. */
export const kind = {
  row: 1,
  button: 2,
  choice: 3,
  input: 4,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
} as const;

const inContainer: readonly (number | undefined)[] = [
  kind.row,
  kind.text,
  kind.section,
  kind.gallery,
  kind.separator,
  kind.file,
];

/** A component and everything in it, outermost first. */
export function everyComponent(components: readonly Component[]): Component[] {
  return components.flatMap((each) => [
    each,
    ...everyComponent([...(each.components ?? []), ...(each.component ? [each.component] : [])]),
    ...(each.accessory ? everyComponent([each.accessory]) : []),
  ]);
}

/** The limits of Components V2 (or, without, of rows of buttons) as https://discord.com/developers/docs/components/reference states them.
 * `attached`: the names of the files of this message. */
export function checkComponents(
  components: readonly Component[],
  { modern, attached }: { modern: boolean; attached: ReadonlySet<string> },
  complain: Complaints,
): void {
  const all = everyComponent(components);
  if (modern && all.length > 40)
    complain.add('components', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'Must be 40 or fewer in total.');
  if (!modern && components.length > 5)
    complain.add('components', 'BASE_TYPE_BAD_LENGTH', 'Must be between 0 and 5 in length.');
  for (const each of all)
    if ([kind.input, kind.label, kind.upload].includes(each.type as 4))
      complain.add(
        'components',
        'UNION_TYPE_CHOICES',
        `Type ${each.type} goes into a form, not into a message.`,
      );
  const words = all.filter((each) => each.type === kind.text).map((each) => String(each.content ?? ''));
  if (words.reduce((sum, word) => sum + [...word].length, 0) > 4000)
    complain.add(
      'components',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      'Must be 4000 or fewer characters.',
    );
  const ids = all.map((each) => each.custom_id).filter((id) => id !== undefined);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at))
    complain.add(
      'components',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      `Component custom id cannot be duplicated: ${id}`,
    );
  components.forEach((each, at) => {
    const allowed = modern ? [...inContainer, kind.container] : [kind.row];
    if (allowed.includes(each.type)) checkOne(each, `components.${at}`, attached, complain);
    else
      complain.add(
        `components.${at}.type`,
        'UNION_TYPE_CHOICES',
        'Value of field "type" must be one of the top-level types.',
      );
  });
}

function checkOne(each: Component, path: string, attached: ReadonlySet<string>, complain: Complaints): void {
  const inside = each.components ?? [];
  const into = (child: Component, at: number) =>
    checkOne(child, `${path}.components.${at}`, attached, complain);
  switch (each.type) {
    case kind.container:
      // discord-api-types still says ten, the docs no longer say how many: the narrower is kept.
      complain.count(`${path}.components`, inside, 1, 10);
      inside.forEach((child, at) => {
        if (inContainer.includes(child.type)) into(child, at);
        else
          complain.add(
            `${path}.components.${at}.type`,
            'UNION_TYPE_CHOICES',
            'This component does not go into a container.',
          );
      });
      return;
    case kind.row:
      complain.count(
        `${path}.components`,
        inside,
        1,
        inside.some((child) => child.type !== kind.button) ? 1 : 5,
      );
      inside.forEach(into);
      return;
    case kind.section:
      complain.count(`${path}.components`, inside, 1, 3);
      inside.forEach(into);
      if (each.accessory) checkOne(each.accessory, `${path}.accessory`, attached, complain);
      else complain.add(`${path}.accessory`, 'BASE_TYPE_REQUIRED', 'This field is required');
      return;
    case kind.text:
      return void complain.length(`${path}.content`, each.content, 1, 4000);
    case kind.gallery: {
      const items = each.items as { media?: { url?: string }; description?: string }[] | undefined;
      complain.count(`${path}.items`, items, 1, 10);
      items?.forEach((item, at) => {
        if (item.description !== undefined)
          complain.length(`${path}.items.${at}.description`, item.description, 1, 1024);
        checkMedia(item.media?.url, `${path}.items.${at}.media.url`, attached, complain);
      });
      return;
    }
    case kind.file:
      return void checkMedia(
        (each.file as { url?: string } | undefined)?.url,
        `${path}.file.url`,
        attached,
        complain,
        true,
      );
    case kind.thumbnail:
      return void checkMedia(
        (each.media as { url?: string } | undefined)?.url,
        `${path}.media.url`,
        attached,
        complain,
      );
    case kind.button:
      return void checkButton(each, path, complain);
    case kind.choice:
      return void checkChoice(each, path, complain);
  }
}

function checkMedia(
  url: string | undefined,
  path: string,
  attached: ReadonlySet<string>,
  complain: Complaints,
  onlyAttached = false,
): void {
  if (url === undefined) return void complain.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined && (onlyAttached || !/^https?:\/\//.test(url)))
    complain.add(path, 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of attachment, http, https.');
  if (name !== undefined && !attached.has(name))
    complain.add(path, 'UNKNOWN_ATTACHMENT', `The referenced attachment ${name} was not found.`);
}

function checkButton(each: Component, path: string, complain: Complaints): void {
  const style = Number(each.style);
  if (!(style >= 1 && style <= 5))
    complain.add(`${path}.style`, 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2, 3, 4, 5).');
  if (each.label === undefined && each.emoji === undefined)
    complain.add(path, 'BUTTON_COMPONENT_INVALID', 'A button must have a label or an emoji.');
  if (each.label !== undefined) complain.length(`${path}.label`, each.label, 1, 80);
  if (style === 5) {
    if (each.custom_id !== undefined || typeof each.url !== 'string')
      complain.add(path, 'BUTTON_COMPONENT_URL_REQUIRED', 'A link button must have a url and no custom id.');
    else complain.length(`${path}.url`, each.url, 1, 512);
  } else complain.length(`${path}.custom_id`, each.custom_id, 1, 100);
}

export function checkChoice(each: Component, path: string, complain: Complaints): void {
  complain.length(`${path}.custom_id`, each.custom_id, 1, 100);
  const options = each.options as { label?: string; value?: string; description?: string }[] | undefined;
  complain.count(`${path}.options`, options, 1, 25);
  if (each.placeholder !== undefined) complain.length(`${path}.placeholder`, each.placeholder, 0, 150);
  options?.forEach((option, at) => {
    complain.length(`${path}.options.${at}.label`, option.label, 1, 100);
    complain.length(`${path}.options.${at}.value`, option.value, 1, 100);
    if (option.description !== undefined)
      complain.length(`${path}.options.${at}.description`, option.description, 1, 100);
  });
  const values = options?.map((option) => option.value) ?? [];
  if (new Set(values).size !== values.length)
    complain.add(
      `${path}.options`,
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used.',
    );
}
