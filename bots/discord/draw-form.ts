import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';

import type { Field, Form } from '../presenter/form.ts';
import { cutTo, plainLine } from '../presenter/plain.ts';
import { literal } from './literal.ts';

/** As many parts as a modal takes. */
const mostParts = 5;

/** Draws a form as a modal: the text above and up to four fields, those that are required before all others; where five are required, these alone. */
export function drawForm(form: Form): APIModalInteractionResponseCallbackData {
  const all = form.fields;
  const required = all.filter((field) => field.required);
  const others = all.filter((field) => !field.required);
  // What was said before is seen before what may be said as well.
  const optional = [
    ...others.filter(({ value }) => value !== null),
    ...others.filter(({ value }) => value === null),
  ];
  // Why it is asked for is worth more than a fifth thing that may be left out.
  const room = form.text !== null && required.length < mostParts ? mostParts - 1 : mostParts;
  const chosen = new Set([...required, ...optional].slice(0, room));
  const fields = all.filter((field) => chosen.has(field)).map(labelled);
  const text: APIModalInteractionResponseCallbackComponent[] =
    form.text !== null && room < mostParts
      ? [{ type: ComponentType.TextDisplay, content: literal(cutTo(form.text, 600)) }]
      : [];
  return { custom_id: form.token, title: cutTo(plainLine(form.title), 45), components: [...text, ...fields] };
}

function labelled(field: Field): APIModalInteractionResponseCallbackComponent {
  const help = plainLine(field.help);
  return {
    type: ComponentType.Label,
    label: cutTo(plainLine(field.label), 45),
    ...(help === '' ? {} : { description: cutTo(help, 100) }),
    component: componentOf(field),
  };
}

function componentOf(field: Field): APIComponentInLabel {
  const { id, type, required, choices, value, maxLength } = field;
  if (type === 'file')
    return {
      type: ComponentType.FileUpload,
      custom_id: id,
      required,
      min_values: required ? 1 : 0,
      max_values: field.files ?? 1,
    };
  if (type === 'choice' || type === 'switch') {
    const offered = type === 'switch' ? yesNo : choices.slice(0, 25);
    return {
      type: ComponentType.StringSelect,
      custom_id: id,
      required,
      min_values: required ? 1 : 0,
      options: offered.map((choice) => ({
        label: cutTo(plainLine(choice.name), 100),
        value: choice.value,
        default: choice.value === value,
      })),
    };
  }
  return {
    type: ComponentType.TextInput,
    custom_id: id,
    style: type === 'paragraph' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: Math.min(Math.max(maxLength, 1), 4000),
    ...(value === null ? {} : { value: cutTo(value, Math.min(maxLength, 4000)) }),
  };
}

const yesNo = [
  { name: 'no', value: 'false' },
  { name: 'yes', value: 'true' },
];
