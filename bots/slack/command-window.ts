import type { Said } from '../presenter/ask.ts';
import type { ChatCommand, CommandOption } from '../presenter/command.ts';
import { type Field, type Form, listedIn, mostFiles, ownFile } from '../presenter/form.ts';
import { chooseForm, commandForm } from '../presenter/forms.ts';
import { slashCommand } from './manifest.ts';

/** A command as a window: Slack has no typed options behind a command. What is filled in comes back as the command's form. */
export function formOf(command: ChatCommand): Form {
  const { name, under } = command;
  if (under !== undefined) return { ...chooseForm(command), token: '' };
  if (name.includes(' '))
    return { ...commandForm({ ...command, name: name.split(' ')[1]! }, null), token: '' };
  return {
    token: '',
    title: command.name === 'pql' ? 'Say it in PQL' : capital(command.name),
    text: capital(`${command.description}.`),
    fields: command.options.map((option) =>
      option.type === 'file' ? filesFor(command) : { ...fieldOf(option), ...listedIn(command.name, option) },
    ),
    submit: command.name === 'pql' ? 'Go' : capital(command.name),
  };
}

/** A place for files beside what a command asks for. */
function filesFor({ name, options }: ChatCommand): Field {
  if (name === 'pql') return ownFile('the statement calls it this: ENHANCE this UPSCALE 2x');
  const several = options.some(({ id }) => id === 'clips');
  return several ? ownFile('clips from your device', mostFiles) : ownFile('a clip from your device');
}

/** The command that was said with nothing else: `/pql`, `/pql generate`. Null where more was said. */
export function bareCommand(text: string, commands: readonly ChatCommand[]): ChatCommand | null {
  const command = named(text, commands);
  // Those that ask for nothing are said at once.
  return command === undefined || !(command.under !== undefined || command.options.some(isAsked))
    ? null
    : command;
}

/** What was typed behind `/consent` is what is typed behind `/pql consent`. */
export function textTyped(command: string, text: string): string {
  return command === slashCommand ? text : `${command.slice(1)} ${text}`;
}

/** What is said by a command that opens no window: `consent requests`, or PQL, before which `consent` may stand. */
export function saidBy(text: string, commands: readonly ChatCommand[]): Said {
  const command = named(text, commands);
  if (command?.name.includes(' ')) return { type: 'form', verb: command.name, values: {} };
  return { type: 'text', text: text.replace(/^\s*consent\s+/i, '') };
}

/** The command that a text is and nothing more, with what is under it by both names: `consent opt-out`, also typed with a space. */
function named(text: string, commands: readonly ChatCommand[]): ChatCommand | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ') || 'pql';
  const [first = '', ...rest] = said.split(' ');
  const name = rest.length === 0 ? first : `${first} ${rest.join('-')}`;
  const all = commands.flatMap((command) => [
    command,
    ...(command.under ?? []).map((each) => ({ ...each, name: `${command.name} ${each.name}` })),
  ]);
  return all.find((each) => each.name === name);
}

/** Lists are shown without being asked for which. */
function isAsked({ required, id }: CommandOption): boolean {
  return required || id === 'clip' || id === 'clips';
}

function fieldOf(option: CommandOption): Field {
  const { id, description, type, required, choices, maxLength } = option;
  const long = type === 'text' && choices.length === 0 && (maxLength ?? 0) >= 1000;
  return {
    id,
    label: capital(id.replaceAll('_', ' ')),
    help: description,
    type: choices.length > 0 ? 'choice' : type === 'switch' ? 'switch' : long ? 'paragraph' : 'line',
    required,
    choices,
    value: null,
    maxLength: maxLength ?? 100,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
