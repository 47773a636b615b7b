import type { Answer } from '../answer.ts';
import { answerQuery } from './answer-query.ts';
import type { Answerer, Asked, CommandTools } from './answerer.ts';
import { showCache } from './show-cache.ts';
import { showGrants, showPeople, showRequests } from './show-consent.ts';
import { showFaces } from './show-faces.ts';
import { showModels, showSettings, showVerbs } from './show-static.ts';
import { showWorkers } from './show-workers.ts';
import { shownBySubject } from './shown.ts';

/** What is no collection of rows, by `Command.subject`. */
const lists: Readonly<Record<string, (asked: Asked<'show'>, tools: CommandTools) => Promise<Answer>>> = {
  cache: showCache,
  settings: showSettings,
  verbs: showVerbs,
  models: showModels,
  workers: showWorkers,
  requests: showRequests,
  grants: showGrants,
  people: showPeople,
  faces: showFaces,
};

/** SHOW GROUPS and the like: FROM in fewer words. */
export const show: Answerer<'show'> = (asked, tools) => {
  const list = lists[asked.subject];
  if (list !== undefined) return list(asked, tools);
  const known = shownBySubject[asked.subject];
  if (known === undefined) throw new Error(`nobody shows ${asked.subject}`);
  return answerQuery(known.query, asked.arguments.page ?? 1, known.shown, tools, asked.asker);
};
