import { createLexer } from '../grammar/lexer.ts';
import type { Catalogue } from './catalogue.ts';
import { type Completion, itemsFor } from './complete/items.ts';
import { placeAt } from './complete/place.ts';
import type { World } from './world.ts';

export type { Completion, CompletionItem } from './complete/items.ts';

/** Completes at an offset of a text, which may hold several lines and a half-typed statement. */
export type Complete = (source: string, offset: number, world: World | null) => Completion;

/** Makes the completer of a catalogue: it looks at the tokens before the cursor, so that nothing behind it has to make sense yet. */
export function createComplete(catalogue: Catalogue): Complete {
  const lex = createLexer();
  return (source, offset, world) => {
    const cursor = Math.max(0, Math.min(offset, source.length));
    const { tokens, comments } = lex(source);
    const inside = comments.some(
      ({ startOffset, image }) => startOffset < cursor && cursor <= startOffset + image.length,
    );
    if (inside) return { from: cursor, to: cursor, items: [], wants: null };
    const place = placeAt(tokens, cursor, catalogue);
    const { word } = place;
    const from = word?.startOffset ?? cursor;
    const to = word === null ? cursor : word.startOffset + word.image.length;
    const typed = source.slice(from, cursor).toLowerCase();
    const { items, wants } = itemsFor(place, catalogue, world);
    return { from, to, wants, items: items.filter(({ text }) => text.toLowerCase().startsWith(typed)) };
  };
}
