import { suggest } from '../../dsl/suggest.ts';
import type { Answer } from '../answer.ts';
import type { Queries } from '../store/port.ts';
import { refused } from './answerer.ts';
import { callable } from './target.ts';

/** There is no such thing in this workspace; what it may have been meant to be. */
export async function unknown(queries: Queries, workspace: string, target: string): Promise<Answer> {
  const near = suggest(target, await callable(queries, workspace));
  return refused(
    'PQL303',
    `there is no ${target} in this workspace`,
    near === null ? 'SHOW GROUPS and SHOW VIDEOS list what there is' : `did you mean ${near}?`,
  );
}
