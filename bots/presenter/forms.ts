import type { Clause, Stage } from '../../dsl/ast.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import type { JobOperation } from '../../dsl/operation.ts';
import { printClause, printOperand } from '../../dsl/print.ts';
import type { Values } from './ask.ts';
import { mostChoices } from './choice.ts';
import type { ChatCommand, CommandOption } from './command.ts';
import { optionsOf } from './commands.ts';
import { type Field, type Form, listedIn, mostFiles, ownFile } from './form.ts';
import { operandId } from './option-of.ts';
import { cutTo, plainLine } from './plain.ts';

/** A verb to fill in, with what was said of it already. What it takes may also come as a file, so then neither place has to be filled in. */
export function verbForm(operation: JobOperation, token: string, said: Values, text: string | null): Form {
  const { takes, verb } = operation;
  const isPrompt = takes.what === 'prompt';
  const files = isPrompt ? 1 : Math.min(mostFiles, takes.max);
  const isSaid = (said[operandId(operation)] ?? '') !== '';
  return {
    token,
    title: capital(verb.toLowerCase()),
    text,
    // A window has room for few: what is there already needs no file.
    fields: optionsOf(operation)
      .filter(({ type }) => type !== 'file' || !isSaid)
      .map((option) =>
        option.type === 'file'
          ? ownFile(
              `${isPrompt ? 'a picture or clip' : files > 1 ? 'clips' : 'a clip'} from your device`,
              files,
            )
          : {
              ...fieldOf(option, isPrompt && option.id === operandId(operation), said[option.id] ?? null),
              ...listedIn(verb, option),
            },
      ),
    submit: 'Run',
  };
}

/** A command to fill in; `text` says what it is for, where its own description does not. */
export function commandForm(
  { name, description, options }: ChatCommand,
  text: string | null,
): Omit<Form, 'token'> {
  return {
    title: cutTo(capital(name.replaceAll('-', ' ')), 45),
    text: text ?? `${capital(description)}.`,
    fields: options.map((option) => fieldOf(option, option.required, null)),
    submit: 'Send',
  };
}

/** Which of the commands under one is meant. */
export function chooseForm({ name, description, under = [] }: ChatCommand): Omit<Form, 'token'> {
  const choices = under.map((each) => ({
    name: cutTo(`${each.name}: ${each.description}`, 75),
    value: each.name,
  }));
  const help = 'what it needs is asked for next';
  return {
    title: cutTo(capital(name), 45),
    text: `${capital(description)}.`,
    fields: [
      {
        id: 'what',
        label: 'What do you want to do?',
        help,
        type: 'choice',
        required: true,
        choices,
        value: null,
        maxLength: 100,
      },
    ],
    submit: 'Go on',
  };
}

/** Who is shown in what a message shows, and what is wanted. */
export function reportForm(token: string, films: readonly string[], pql: string): Form {
  const line = (id: string, label: string, help: string, more: Partial<Field>): Field => ({
    ...{ id, label, help, type: 'line', required: true, choices: [], value: null, maxLength: 200 },
    ...more,
  });
  const choices = films.slice(0, mostChoices).map((id) => ({ name: id, value: id }));
  return {
    token,
    title: 'Report or opt out',
    text: cutTo(`About ${films.join(', ')}: ${plainLine(pql)} Only you see the answer.`, 300),
    fields: [
      line('name', 'Who is shown?', 'first and last name', {}),
      ...(films.length > 1 ? [line('film', 'In which?', '', { type: 'choice', choices })] : []),
      line(
        'want',
        'What is wanted?',
        'an opt-out holds at once, everywhere; a report waits for a moderator',
        {
          type: 'choice',
          choices: [
            { name: 'Report it: a moderator looks at it', value: 'report' },
            { name: 'Opt out: this person may not be shown', value: 'opt out' },
          ],
          value: 'report',
        },
      ),
      line('because', 'Why?', 'for the moderators', { type: 'paragraph', required: false, maxLength: 1000 }),
    ],
    submit: 'Send',
  };
}

/** In UTF-16 code units: as much as one field holds in every chat. */
export const longestQuery = 3000;

/** The whole language in one field. */
export function pqlForm(token: string): Form {
  return {
    token,
    title: 'PQL',
    text: null,
    fields: [
      {
        id: 'query',
        label: 'What is to be made?',
        help: 'GENERATE "a lighthouse at dusk" DURATION 6s',
        type: 'paragraph',
        required: true,
        choices: [],
        value: null,
        maxLength: longestQuery,
      },
      ownFile('the statement calls it this: ENHANCE this UPSCALE 2x'),
    ],
    submit: 'Run',
  };
}

/** Another clip, and on which side of the first it goes. */
export function stitchForm(token: string, id: string, lately: readonly string[]): Form {
  const some = lately.length === 0 ? '' : ` Lately made here: ${lately.join(', ')}.`;
  return {
    token,
    title: `Stitch ${id} with…`,
    text: cutTo(`Which clips belong to ${id}?${some}`, 300),
    fields: [
      {
        id: 'clips',
        label: 'Clips',
        help: 'v12, a name, a part such as v3[2s..6s]; several with +',
        type: 'line',
        required: false,
        choices: [],
        value: null,
        maxLength: 500,
        listed: { verb: 'stitch', field: 'clips', most: mostStitched },
      },
      ownFile('clips from your device', mostFiles),
      {
        id: 'side',
        label: 'Where they go',
        help: `before or after ${id}`,
        type: 'choice',
        required: true,
        choices: [
          { name: `after ${id}`, value: 'after' },
          { name: `before ${id}`, value: 'before' },
        ],
        value: 'after',
        maxLength: 10,
      },
    ],
    submit: 'Stitch',
  };
}

/** More than anybody chooses by hand. */
const mostStitched = 50;

/** What is missing in a statement that is otherwise right: its one stage, and the values that it has. Null where anything else is wrong. */
export function whatIsMissing({
  script,
  diagnostics,
}: Compiled): { stage: Stage; said: Values; text: string } | null {
  const [statement, second] = script.statements;
  const [stage, next] = statement?.pipeline.stages ?? [];
  if (statement === undefined || second !== undefined || next !== undefined || stage?.type !== 'stage')
    return null;
  if (statement.explain || !diagnostics.every(({ code }) => code === missing)) return null;
  const { message, expected } = diagnostics[0]!;
  return {
    stage,
    said: saidIn(stage),
    text: plainLine(expected === undefined ? message : `${message}: ${expected}`),
  };
}

/** Something that the verb needs is not there. */
const missing = 'PQL228';

function saidIn(stage: Stage): Record<string, string> {
  return {
    ...Object.fromEntries(stage.clauses.map((clause) => [clause.word.text.toLowerCase(), valuesOf(clause)])),
    ...(stage.as === null ? {} : { as: stage.as.text }),
    ...(stage.operands.length === 0 ? {} : operandsIn(stage)),
  };
}

/** Under each name that operands may have in a form. */
function operandsIn({ operands }: Stage): Record<string, string> {
  const text = operands.map(printOperand).join(' + ');
  const [first] = operands;
  const prompt = first?.value.type === 'text' ? first.value.value : text;
  return { clip: text, clips: text, prompt };
}

function valuesOf(clause: Clause): string {
  return clause.values.length === 0 ? 'yes' : printClause(clause).slice(clause.word.text.length + 1);
}

function fieldOf(option: CommandOption, required: boolean, value: string | null): Field {
  const { id, description, type, choices, maxLength } = option;
  return {
    id,
    label: cutTo(id === 'as' ? 'Name' : id === 'to' ? 'Also write a file' : capital(id), 45),
    help: description,
    type:
      type === 'switch' || type === 'file'
        ? type
        : choices.length > 0
          ? 'choice'
          : (maxLength ?? 0) >= 2000
            ? 'paragraph'
            : 'line',
    required,
    choices,
    value,
    maxLength: maxLength ?? 100,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
