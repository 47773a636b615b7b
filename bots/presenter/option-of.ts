import type { ClauseSpec, JobOperation } from '../../dsl/operation.ts';
import type { ValueType } from '../../dsl/values/value-type.ts';
import { mostChoices } from './choice.ts';
import { type CommandOption, option } from './command.ts';
import { cutTo } from './plain.ts';

/** Longest text that a command takes for one value, in UTF-16 code units. */
const longestValue = 500;

/** What stands between verb and clauses, as an option: `prompt`, `clip` or `clips`. */
export function operandId({ takes }: JobOperation): string {
  return takes.what === 'prompt' ? 'prompt' : takes.max === 1 ? 'clip' : 'clips';
}

/** The operands of a verb. A clip may also come as a file, so then it is not required. */
export function operandOption(operation: JobOperation): CommandOption {
  const { takes } = operation;
  if (takes.what === 'prompt')
    return option('prompt', 'what to see, in your own words', {
      required: true,
      maxLength: 2000,
    });
  const shape =
    takes.max === 1 ? 'v12, a name, or a part: v3[2s..6s]' : 'v12 + v19 + v3[2s..6s], ids or names';
  return option(operandId(operation), cutTo(`${takes.noun}: ${shape}`, 100), {
    maxLength: 1000,
    completed: true,
    listed: takes.max,
  });
}

/** A clause as an option, typed by its declaration. */
export function clauseOption(word: string, spec: ClauseSpec<unknown, unknown>): CommandOption {
  const { type } = spec;
  const usual =
    spec.default === null || spec.default === undefined ? '' : ` (${type.print(spec.default)} if left out)`;
  const described = option(word.toLowerCase(), cutTo(`${spec.help}${usual}`, 100));
  if (type.count[1] === 0) return { ...described, type: 'switch' };
  const choices = fixedWords(type);
  if (choices.length > 0) return { ...described, choices: choices.map((value) => ({ name: value, value })) };
  const {
    type: kind,
    minimum,
    maximum,
  } = type.schema as { type?: string; minimum?: number; maximum?: number };
  const bare = /^[+-]?\d+(?:\.\d+)?$/.test(type.usage);
  if (bare && (kind === 'integer' || kind === 'number'))
    return { ...described, type: kind, min: minimum ?? null, max: maximum ?? null };
  const listed = 'source' in type || type.words(null).length > 0 ? 1 : 0;
  return { ...described, maxLength: longestValue, completed: true, listed };
}

/** Every word that may be said, where there are few and they never change. */
function fixedWords(type: ValueType<unknown>): string[] {
  const { enum: values } = type.schema as { enum?: unknown[] };
  if (values === undefined || values.length > mostChoices || type.count[1] > 1) return [];
  return values.map((value) => type.print(value));
}
