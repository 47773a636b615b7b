import type { Catalogue } from '../../dsl/catalogue.ts';
import type { JobOperation } from '../../dsl/operation.ts';
import { sourceClause } from '../../dsl/source-clause.ts';
import { type ChatCommand, type CommandOption, type MessageCommand, option } from './command.ts';
import { consentCommand } from './consent-verbs.ts';
import { clauseOption, operandOption } from './option-of.ts';
import { cutTo } from './plain.ts';

/** Verbs that make something and have a command of their own; all others are said with /pql. */
const ownCommand: readonly string[] = ['GENERATE', 'ENHANCE', 'STITCH'];

/** The commands of a chat, made of the catalogue: a clause that a verb gets is an option the next time they are registered. */
export function chatCommands(catalogue: Catalogue): readonly ChatCommand[] {
  return [
    {
      name: 'pql',
      description: 'says anything in PQL; HELP shows what there is',
      options: [
        option('query', 'a statement such as GENERATE "a lighthouse at dusk"', {
          required: true,
          maxLength: 4000,
          completed: true,
        }),
        option('file', 'a clip or picture from your device: the statement calls it this', { type: 'file' }),
      ],
    },
    ...ownCommand.flatMap((verb) => {
      const operation = catalogue.get(verb);
      return operation?.runs === 'job' ? [commandOf(operation)] : [];
    }),
    {
      name: 'groups',
      description: 'shows what was asked for here, the latest first',
      options: [option('group', 'one of them: g7', { maxLength: 100, completed: true, listed: 1 })],
    },
    {
      name: 'jobs',
      description: 'shows what is at work, waiting and done here',
      options: [option('job', 'one of them: j40', { maxLength: 100, completed: true, listed: 1 })],
    },
    consentCommand(catalogue),
  ];
}

/** What can be done with a message that is there: Discord's declarations, Slack's manifest and what the presenter does are made of this list. */
export const messageCommands: readonly MessageCommand[] = [
  {
    id: 'enhance',
    name: 'Enhance this video',
    description: 'makes the clip in this message twice as wide and high',
    asks: false,
  },
  {
    id: 'report',
    name: 'Report or opt out',
    description: 'says who is shown in this film and should not be; only you see the answer',
    asks: true,
  },
];

/** The options of a verb, for a command and for a form alike: what it takes, its clauses, AS and TO. */
export function optionsOf(operation: JobOperation): readonly CommandOption[] {
  const operands = operandOption(operation);
  const begins = sourceClause(operation)?.word;
  return [
    operands,
    ...(operation.takes.what === 'prompt'
      ? []
      : [option('file', 'or a clip from your device', { type: 'file' })]),
    ...Object.entries(operation.clauses).flatMap(([word, spec]) =>
      word === begins
        ? [
            clauseOption(word, spec),
            option('file', 'or a picture or clip from your device', { type: 'file' }),
          ]
        : [clauseOption(word, spec)],
    ),
    option('as', 'a name for the result, to say instead of v12', { maxLength: 64 }),
    option('to', 'also writes a file of this name on the machine that runs WatchAI', { maxLength: 200 }),
  ];
}

function commandOf(operation: JobOperation): ChatCommand {
  return {
    name: operation.verb.toLowerCase(),
    description: cutTo(operation.help, 100),
    options: optionsOf(operation),
  };
}
