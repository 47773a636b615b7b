/** A tree without its places, for comparing what two texts mean. */
export function withoutSpans(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutSpans);
  if (tree === null || typeof tree !== 'object') return tree;
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([key]) => key !== 'span')
      .map(([key, value]) => [key, withoutSpans(value)]),
  );
}

/** Every span in a tree. */
export function spansIn(tree: unknown): { start: number; end: number }[] {
  if (tree === null || typeof tree !== 'object') return [];
  const inner = Object.values(tree).flatMap(spansIn);
  return 'span' in tree ? [tree.span as { start: number; end: number }, ...inner] : inner;
}
