import { loadLexicon } from '../matcher/lexicon.ts';
import { createMatcher } from '../matcher/matcher.ts';
import type { NameFinder } from './name-index.ts';

/** The matcher of names, empty. */
export async function createFinder(): Promise<NameFinder> {
  const matcher = createMatcher(await loadLexicon());
  return {
    add: (person) => matcher.add(person),
    remove: (id) => matcher.remove(id),
    across: (parts) =>
      parts.flatMap(({ text, origin }) =>
        matcher
          .find(text)
          .map(({ start, end, ...finding }) => ({ ...finding, places: [{ origin, start, end }] })),
      ),
  };
}
