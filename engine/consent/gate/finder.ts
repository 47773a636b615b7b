import type { NameFinder } from './name-index.ts';

/** The matcher of names, empty; its words are loaded with it. */
export async function createFinder(): Promise<NameFinder> {
  const [{ findAcross }, { loadLexicon }, { createMatcher }] = await Promise.all([
    import('../matcher/across.ts'),
    import('../matcher/lexicon.ts'),
    import('../matcher/matcher.ts'),
  ]);
  const matcher = createMatcher(await loadLexicon());
  return {
    add: (person) => matcher.add(person),
    remove: (id) => matcher.remove(id),
    across: (parts) => findAcross(matcher, parts),
  };
}
