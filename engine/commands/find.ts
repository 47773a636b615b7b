import { type Answerer, refused } from './answerer.ts';
import { describeGroup, describeJob, describeMedia } from './describe.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** FIND GROUP g7, FIND v12, FIND intro. */
export const find: Answerer<'find'> = async ({ subject, arguments: { target }, asker }, { parts }) => {
  const { store } = parts;
  const found = await findTarget(store, asker.workspace, target);
  if (found === null) return unknown(store, asker.workspace, target);
  if (subject === 'group' && found.is !== 'group')
    return refused('PQL315', `${target} is no group`, `FIND ${target} shows it`);
  switch (found.is) {
    case 'group':
      return describeGroup(store, found.run, found.group);
    case 'job':
      return describeJob(store, found.job);
    case 'media':
      return describeMedia(store, found.media);
  }
};
