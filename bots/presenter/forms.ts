import type { Clause, Stage } from '../../dsl/ast.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import type { JobOperation } from '../../dsl/operation.ts';
import { printClause, printOperand } from '../../dsl/print.ts';
import type { Values } from './ask.ts';
import type { CommandOption } from './command.ts';
import { optionsOf } from './commands.ts';
import { type Field, type Form, listedIn } from './form.ts';
import { operandId } from './option-of.ts';
import { cutTo, plainLine } from './plain.ts';

/** A verb to fill in, with what was said of it already. */
export function verbForm(operation: JobOperation, token: string, said: Values, text: string | null): Form {
  return {
    token,
    title: cutTo(`${operation.verb} ${operation.help}`, 45),
    text,
    fields: optionsOf(operation)
      .filter(({ type }) => type !== 'file')
      .map((option) => ({
        ...fieldOf(option, option.id === operandId(operation), said[option.id] ?? null),
        ...listedIn(operation.verb, option),
      })),
    submit: 'Run',
  };
}

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
        maxLength: 3000,
      },
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
        required: true,
        choices: [],
        value: null,
        maxLength: 500,
        listed: { verb: 'stitch', field: 'clips', most: mostStitched },
      },
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
    label: cutTo(id === 'as' ? 'Name' : id === 'to' ? 'File' : `${id[0]!.toUpperCase()}${id.slice(1)}`, 45),
    help: description,
    type:
      type === 'switch' ? 'switch' : choices.length > 0 ? 'choice' : id === 'prompt' ? 'paragraph' : 'line',
    required,
    choices,
    value,
    maxLength: maxLength ?? 100,
  };
}
