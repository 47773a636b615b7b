/** How many statements a connection keeps planned at most. */
const most = 300;

/** How many texts are remembered that were seen once. */
const seenAtMost = 1000;

/** Names for statements that come again and again, under which a server parses and plans them once a connection instead of each time: a claim
 * takes a fifth of the time. Those that come once have none, so that what people ask in ever new words fills no memory. */
export function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === most) return known;
    if (seen.delete(text)) {
      const name = `pql_${names.size}`;
      names.set(text, name);
      return name;
    }
    if (seen.size === seenAtMost) seen.clear();
    seen.add(text);
    return undefined;
  };
}
