import { requestNumber } from '../consent/requests/file.ts';
import { answerQuery } from './answer-query.ts';
import { type Answerer, refused } from './answerer.ts';
import { describeGroup, describeJob, describeMedia } from './describe.ts';
import { describeRequest } from './describe-request.ts';
import { shownBySubject } from './shown.ts';
import { findTarget } from './target.ts';
import { unknown } from './unknown.ts';

/** FIND GROUP g7, FIND PIPELINES GROUP BY group_id, FIND v12, FIND intro. */
export const find: Answerer<'find'> = async (asked, tools) => {
  const { subject, asker } = asked;
  const { target, page = 1 } = asked.arguments;
  if (target === undefined) {
    const { query, shown } = shownBySubject.groups!;
    return answerQuery(query, page, shown, tools, asker);
  }
  const { store } = tools.parts;
  if (subject === 'request' || requestNumber(target) !== null) return describeRequest(asker, target, tools);
  const found = await findTarget(store, asker.workspace, target);
  if (found === null) return unknown(store, asker.workspace, target);
  if (subject !== '' && found.is !== 'group')
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
