import type { CommandArgumentsOf } from '../../dsl/arguments.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Engine } from '../engine.ts';
import type { Answerer, CommandTools } from './answerer.ts';
import { approve } from './approve.ts';
import { cancel } from './cancel.ts';
import { claim } from './claim.ts';
import { credits } from './credits.ts';
import { deny } from './deny.ts';
import { escalate } from './escalate.ts';
import { find } from './find.ts';
import { forget } from './forget.ts';
import { answerFrom } from './from.ts';
import { grant } from './grant.ts';
import { help } from './help.ts';
import { importing } from './import.ts';
import { opt } from './opt.ts';
import { purge } from './purge.ts';
import { recipe } from './recipe.ts';
import { remember } from './remember.ts';
import { remove } from './remove.ts';
import { report } from './report.ts';
import { retry } from './retry.ts';
import { revoke } from './revoke.ts';
import { search } from './search.ts';
import { set } from './set.ts';
import { show } from './show.ts';
import { start } from './start.ts';
import { uses } from './uses.ts';

/** The explicit list: one file a verb that is answered at once. */
const answerers: { readonly [V in keyof CommandArgumentsOf]: Answerer<V> } = {
  show,
  find,
  search,
  remove,
  purge,
  cancel,
  retry,
  set,
  help,
  credits,
  recipe,
  opt,
  grant,
  claim,
  approve,
  deny,
  escalate,
  revoke,
  uses,
  report,
  remember,
  forget,
  import: importing,
  // The compiler made the query; a plan holds it as plain JSON.
  from: ({ arguments: { query, page }, asker }, tools) =>
    answerFrom(query as unknown as Query, page, tools, asker),
  start,
};

/** The answers of the verbs that are no jobs. */
export function createCommands(tools: CommandTools): Engine['command'] {
  return (command, asker, options = {}) => {
    // The compiler made the arguments by the verb's own declaration.
    const answer = answerers[command.operation as keyof CommandArgumentsOf] as Answerer<never> | undefined;
    if (answer === undefined) throw new Error(`nobody answers ${command.operation}`);
    const { subject } = command;
    return answer(
      {
        ...{ subject, arguments: command.arguments as never, asker },
        ...{ confirmed: options.confirmed === true, attached: options.attached ?? null },
      },
      tools,
    );
  };
}
