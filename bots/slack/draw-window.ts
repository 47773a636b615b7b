import type { types } from '@slack/bolt';

import type { Place, Values } from '../presenter/ask.ts';
import type { Field, Form } from '../presenter/form.ts';
import { cutTo } from '../presenter/plain.ts';
import type { SlackFile } from './attachments.ts';
import { type MessageBlock, most, plain } from './blocks.ts';
import { chosenFrom } from './listed.ts';

/** What a window brings back beside what was filled in. */
export interface WindowNote {
  /** What it is the form of: a token that the presenter gave, or a command. */
  form: { token: string } | { verb: string };
  place: Place;
}

/** Under which Slack tells of windows of ours. */
export const windowId = 'form';

/** A form as a modal. */
export function drawWindow(form: Form, note: WindowNote): types.ModalView {
  return {
    type: 'modal',
    callback_id: windowId,
    title: plain(cutTo(form.title, most.windowTitle)),
    submit: plain(cutTo(form.submit, most.windowTitle)),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(note),
    blocks: [
      ...(form.text === null || form.text === ''
        ? []
        : [{ type: 'section', text: plain(cutTo(form.text, most.input)) } satisfies MessageBlock]),
      ...form.fields.map(input),
    ],
  };
}

function input(field: Field): types.InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    label: plain(cutTo(field.label, most.label)),
    // An empty checkbox is an answer.
    optional: !field.required || field.type === 'switch',
    ...(field.help === '' ? {} : { hint: plain(cutTo(field.help, most.label)) }),
    element: element(field),
  };
}

function element(field: Field): types.InputBlock['element'] {
  const { value, type } = field;
  if (type === 'file') return { type: 'file_input', action_id: 'value', max_files: field.files ?? 1 };
  if (type === 'switch') {
    const yes = { text: plain(cutTo(field.label, most.option)), value: 'yes' };
    const on = value !== null && /^(?:yes|true|on|1)$/i.test(value);
    return {
      type: 'checkboxes',
      action_id: 'value',
      options: [yes],
      ...(on ? { initial_options: [yes] } : {}),
    };
  }
  // Slack sends back at most so much; what would be cut would be another value.
  const choices = field.choices.filter((choice) => choice.value.length <= most.option && choice.value !== '');
  if (type === 'choice' && choices.length > 0) {
    const options = choices.map(({ name, value }) => ({ text: plain(cutTo(name, most.option)), value }));
    const chosen = options.find((option) => option.value === value);
    return {
      type: 'static_select',
      action_id: 'value',
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    };
  }
  const chosen = field.listed === undefined ? null : chosenFrom(field, field.listed);
  if (chosen !== null) return chosen;
  const longest = Math.min(most.input, Math.max(1, field.maxLength));
  return {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: type === 'paragraph',
    max_length: longest,
    ...(value === null || value === '' || value.length > longest ? {} : { initial_value: value }),
  };
}

/** What a window of ours was filled in with, by field id; empty fields are left out. */
export function filledIn(state: Readonly<Record<string, Readonly<Record<string, FilledField>>>>): Values {
  return Object.fromEntries(
    Object.entries(state).flatMap(([id, fields]) => {
      const { value, selected_option: chosen, selected_options: several } = Object.values(fields)[0] ?? {};
      const said = value ?? chosen?.value ?? several?.map((each) => each.value).join(' + ') ?? '';
      return said === '' ? [] : [[id, said]];
    }),
  );
}

/** The files that somebody put into a window of ours. */
export function filesIn(state: Readonly<Record<string, Readonly<Record<string, FilledField>>>>): SlackFile[] {
  return Object.values(state).flatMap((fields) => [...(fields.value?.files ?? [])]);
}

/** As much of https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload as is read here. */
export interface FilledField {
  value?: string | null | undefined;
  selected_option?: { value: string } | null | undefined;
  files?: readonly SlackFile[] | null | undefined;
  selected_options?: readonly { value?: string | undefined }[] | null | undefined;
}

/** What `drawWindow` noted; null where it is not ours. */
export function noteOf(metadata: string): WindowNote | null {
  try {
    const note = JSON.parse(metadata) as Partial<WindowNote>;
    return typeof note.form === 'object' && typeof note.place?.channel === 'string'
      ? (note as WindowNote)
      : null;
  } catch {
    return null;
  }
}
