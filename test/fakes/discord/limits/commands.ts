import { Complaints } from '../refusal.ts';

export interface CommandBody {
  name?: string;
  type?: number;
  description?: string;
  options?: OptionBody[];
  [field: string]: unknown;
}

export interface OptionBody {
  type?: number;
  name?: string;
  description?: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name?: string; value?: string | number }[];
  options?: OptionBody[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  [field: string]: unknown;
}

const slash = 1;
const named = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** The limits of https://discord.com/developers/docs/interactions/application-commands on a set of commands that is written at once. */
export function checkCommands(commands: readonly CommandBody[]): void {
  const complain = new Complaints();
  commands.forEach((command, at) => {
    checkCommand(command, String(at), complain);
  });
  for (const [type, most] of [
    [1, 100],
    [2, 15],
    [3, 15],
  ] as const)
    if (commands.filter((command) => (command.type ?? slash) === type).length > most)
      complain.add(
        '_',
        'APPLICATION_COMMANDS_MAX',
        `Maximum number of application commands reached (${most}).`,
      );
  const names = commands.map((command) => `${command.type ?? slash} ${command.name}`);
  names.forEach((name, at) => {
    if (names.indexOf(name) !== at)
      complain.add(
        String(at),
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
  });
  complain.settle();
}

function checkCommand(command: CommandBody, path: string, complain: Complaints): void {
  if ((command.type ?? slash) !== slash) {
    complain.length(`${path}.name`, command.name, 1, 32);
    if (command.description || command.options?.length)
      complain.add(
        path,
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
        'Context menu commands cannot have description or options',
      );
    return;
  }
  checkName(command.name, `${path}.name`, complain);
  complain.length(`${path}.description`, command.description, 1, 100);
  checkOptions(command.options ?? [], path, complain);
  if (lettersIn(command) > 8000)
    complain.add(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
}

function checkName(name: string | undefined, path: string, complain: Complaints): void {
  if (name === undefined || !named.test(name) || name !== name.toLowerCase())
    complain.add(path, 'STRING_TYPE_REGEX', `String value did not match validation regex: ${name}`);
}

function checkOptions(options: readonly OptionBody[], path: string, complain: Complaints): void {
  complain.count(`${path}.options`, options, 0, 25);
  const names = options.map((option) => option.name);
  if (new Set(names).size !== names.length)
    complain.add(
      `${path}.options`,
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
      'Option name already exists',
    );
  options.forEach((option, at) => {
    checkOption(option, `${path}.options.${at}`, complain);
    if (option.required && options.slice(0, at).some((before) => !before.required && (before.type ?? 0) > 2))
      complain.add(
        `${path}.options.${at}`,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
  });
}

function checkOption(option: OptionBody, path: string, complain: Complaints): void {
  checkName(option.name, `${path}.name`, complain);
  complain.length(`${path}.description`, option.description, 1, 100);
  if (!(Number(option.type) >= 1 && Number(option.type) <= 11))
    complain.add(
      `${path}.type`,
      'BASE_TYPE_CHOICES',
      'Value must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).',
    );
  if (option.type === 1 || option.type === 2) return void checkOptions(option.options ?? [], path, complain);
  const choices = option.choices ?? [];
  complain.count(`${path}.choices`, choices, 0, 25);
  if (option.autocomplete && choices.length > 0)
    complain.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Cannot have both choices and autocomplete',
    );
  if ((option.autocomplete || choices.length > 0) && ![3, 4, 10].includes(Number(option.type)))
    complain.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only string, integer and number options have choices',
    );
  choices.forEach((choice, at) => {
    complain.length(`${path}.choices.${at}.name`, choice.name, 1, 100);
    if (option.type === 3) complain.length(`${path}.choices.${at}.value`, choice.value, 1, 100);
    else if (typeof choice.value !== 'number')
      complain.add(`${path}.choices.${at}.value`, 'NUMBER_TYPE_COERCE', 'Value is not a number.');
  });
  if (new Set(choices.map((choice) => choice.name)).size !== choices.length)
    complain.add(
      `${path}.choices`,
      'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS',
      'Choice name already exists',
    );
  const bounds = option.min_value !== undefined || option.max_value !== undefined;
  if (bounds && option.type !== 4 && option.type !== 10)
    complain.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only integer and number options have bounds',
    );
  const lengths = option.min_length !== undefined || option.max_length !== undefined;
  if (lengths && option.type !== 3)
    complain.add(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Only string options have lengths');
  if (option.max_length !== undefined && !(option.max_length >= 1 && option.max_length <= 6000))
    complain.add(`${path}.max_length`, 'NUMBER_TYPE_MAX', 'int value should be between 1 and 6000.');
}

/** Names, descriptions and values of a command and everything in it. */
function lettersIn(part: {
  name?: string;
  description?: string;
  options?: OptionBody[];
  choices?: OptionBody['choices'];
}): number {
  const own = [part.name, part.description].reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const choices = (part.choices ?? []).reduce(
    (sum, choice) => sum + (choice.name?.length ?? 0) + String(choice.value ?? '').length,
    0,
  );
  return own + choices + (part.options ?? []).reduce((sum, option) => sum + lettersIn(option), 0);
}
