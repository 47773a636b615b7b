import type { Answer } from '../answer.ts';
import type { Answerer, Asked, CommandTools } from './answerer.ts';
import { showGroups } from './show-groups.ts';
import { showJobs } from './show-jobs.ts';
import { showMedia } from './show-media.ts';
import { showPrompts } from './show-prompts.ts';
import { showModels, showSettings, showVerbs } from './show-static.ts';

/** By `Command.subject`. */
const lists: Readonly<Record<string, (asked: Asked<'show'>, tools: CommandTools) => Promise<Answer>>> = {
  groups: showGroups,
  videos: (asked, tools) => showMedia('video', asked, tools),
  images: (asked, tools) => showMedia('image', asked, tools),
  audio: (asked, tools) => showMedia('audio', asked, tools),
  texts: (asked, tools) => showMedia('text', asked, tools),
  prompts: showPrompts,
  jobs: showJobs,
  settings: showSettings,
  verbs: showVerbs,
  models: showModels,
};

/** SHOW GROUPS and the like. */
export const show: Answerer<'show'> = (asked, tools) => {
  const list = lists[asked.subject];
  if (list === undefined) throw new Error(`nobody shows ${asked.subject}`);
  return list(asked, tools);
};
