import type { ChatCommand, CommandOption } from '../presenter/command.ts';
import { type Field, type Form, listedIn } from '../presenter/form.ts';

/** A command as a window: Slack has no typed options behind a command. What is filled in comes back as the command's form. */
export function formOf(command: ChatCommand): Form {
  return {
    token: '',
    title: command.name === 'pql' ? 'Say it in PQL' : capital(command.name),
    text: capital(`${command.description}.`),
    fields: command.options
      .filter(({ type }) => type !== 'file')
      .map((option) => ({ ...fieldOf(option), ...listedIn(command.name, option) })),
    submit: command.name === 'pql' ? 'Go' : capital(command.name),
  };
}

/** The command that was said with nothing else: `/pql`, `/pql generate`. Null where more was said. */
export function bareCommand(text: string, commands: readonly ChatCommand[]): ChatCommand | null {
  const said = text.trim().toLowerCase() || 'pql';
  const command = commands.find(({ name }) => name === said);
  // Those that ask for nothing are said at once.
  return command === undefined || !command.options.some(isAsked) ? null : command;
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
    required: required || id === 'clip' || id === 'clips',
    choices,
    value: null,
    maxLength: maxLength ?? 100,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
