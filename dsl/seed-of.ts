/** A seed for a prompt without one, 0 to 2^32 - 1, so that equal statements are equal work (FNV-1a over UTF-16 units, then
 * murmur3's finaliser, which spreads prompts that differ in their last letter). */
export function seedOf(prompt: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < prompt.length; index += 1) {
    hash = Math.imul(hash ^ prompt.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
