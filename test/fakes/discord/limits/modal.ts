import { Complaints } from '../refusal.ts';
import { type Component, checkChoice, everyComponent, kind } from './components.ts';

/** A form of one to five labelled fields; what Discord checks of it before it opens. */
export function checkModal(data: Record<string, unknown> | undefined): void {
  const complain = new Complaints();
  complain.length('data.custom_id', data?.custom_id, 1, 100);
  complain.length('data.title', data?.title, 1, 45);
  const components = (data?.components ?? []) as Component[];
  complain.count('data.components', components, 1, 5);
  for (const [at, each] of components.entries()) checkField(each, `data.components.${at}`, complain);
  const ids = everyComponent(components).flatMap((each) => each.custom_id ?? []);
  if (new Set(ids).size !== ids.length)
    complain.add(
      'data.components',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    );
  complain.settle();
}

function checkField(each: Component, path: string, complain: Complaints): void {
  if (each.type === kind.text) return void complain.length(`${path}.content`, each.content, 1, 4000);
  if (each.type !== kind.label)
    return void complain.add(
      `${path}.type`,
      'UNION_TYPE_CHOICES',
      'Value of field "type" must be one of (10, 18).',
    );
  complain.length(`${path}.label`, each.label, 1, 45);
  if (each.description !== undefined) complain.length(`${path}.description`, each.description, 1, 100);
  const field = each.component;
  if (field === undefined) complain.add(`${path}.component`, 'BASE_TYPE_REQUIRED', 'This field is required');
  else if (field.type === kind.input) checkInput(field, `${path}.component`, complain);
  else if (field.type === kind.choice) checkChoice(field, `${path}.component`, complain);
  else if (field.type === kind.upload) checkUpload(field, `${path}.component`, complain);
  else
    complain.add(`${path}.component.type`, 'UNION_TYPE_CHOICES', 'This component does not go into a label.');
}

/** https://discord.com/developers/docs/components/reference#file-upload */
function checkUpload(field: Component, path: string, complain: Complaints): void {
  complain.length(`${path}.custom_id`, field.custom_id, 1, 100);
  const { min_values: least = 1, max_values: most = 1 } = field as {
    min_values?: number;
    max_values?: number;
  };
  if (!Number.isInteger(least) || least < 0 || least > 10)
    complain.add(`${path}.min_values`, 'NUMBER_TYPE_MAX', 'int value should be between 0 and 10.');
  if (!Number.isInteger(most) || most < 1 || most > 10)
    complain.add(`${path}.max_values`, 'NUMBER_TYPE_MAX', 'int value should be between 1 and 10.');
  if (least > most)
    complain.add(`${path}.min_values`, 'NUMBER_TYPE_MAX', 'min_values should not be above max_values.');
  if (field.required !== undefined && typeof field.required !== 'boolean')
    complain.add(`${path}.required`, 'BOOLEAN_TYPE_PARSE', 'Must be either true or false.');
  if (least === 0 && field.required !== false)
    complain.add(`${path}.required`, 'COMPONENT_REQUIRED', 'Must be false where min_values is 0.');
  if (field.label !== undefined || field.placeholder !== undefined)
    complain.add(path, 'UNION_TYPE_CHOICES', 'A file upload has neither label nor placeholder.');
}

function checkInput(field: Component, path: string, complain: Complaints): void {
  complain.length(`${path}.custom_id`, field.custom_id, 1, 100);
  if (field.style !== 1 && field.style !== 2)
    complain.add(`${path}.style`, 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2).');
  if (field.label !== undefined)
    complain.add(
      `${path}.label`,
      'COMPONENT_LABEL_NOT_ALLOWED',
      'A text input in a label has no label of its own.',
    );
  if (field.placeholder !== undefined) complain.length(`${path}.placeholder`, field.placeholder, 0, 100);
  if (field.value !== undefined) complain.length(`${path}.value`, field.value, 0, 4000);
  const { min_length: least, max_length: most } = field as { min_length?: number; max_length?: number };
  if (least !== undefined && !(least >= 0 && least <= 4000))
    complain.add(`${path}.min_length`, 'NUMBER_TYPE_MAX', 'int value should be between 0 and 4000.');
  if (most !== undefined && !(most >= 1 && most <= 4000))
    complain.add(`${path}.max_length`, 'NUMBER_TYPE_MAX', 'int value should be between 1 and 4000.');
}
