import type { Rule } from '../rule.ts';

/** Equal work of several statements is one step: planning does that, and here it is said. */
export const commonWorkShared: Rule = {
  name: 'common work shared',
  apply(drafts) {
    return {
      drafts: [...drafts],
      says: drafts.flatMap(({ step: { title, statement, also = [] } }) => {
        const statements = [statement, ...also].map((index) => String(index + 1));
        return also.length === 0 ? [] : [`${title} is done once for statements ${listed(statements)}`];
      }),
    };
  },
};

function listed(words: readonly string[]): string {
  if (words.length > 6) return `${words.slice(0, 5).join(', ')} and ${words.length - 5} more`;
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
