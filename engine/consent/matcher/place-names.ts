import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** What names of places begin with: San Marino sounds like much. */
export const ofPlaces = /^(?:san|santa|santo|sankt|saint|los|las|mount|lake|port|fort|cape|new)$/;

/** What they end with: "James Bay" is no James May. */
const places =
  /^(?:bay|beach|bridge|canyon|castle|creek|falls|field|fields|forest|garden|gardens|glacier|harbor|harbour|hill|hills|island|islands|lake|market|mountain|mountains|ocean|park|peak|river|road|square|station|street|tower|town|valley|village|style|cup|trophy|award)$/;

/** "James Bay", and not "Jeff Bridge" for Jeff Bridges. */
export function isPlace({ pieces }: Sight, at: number, names: Names): boolean {
  const { letters } = pieces[at]!;
  return places.test(letters) && ['s', 'e', 'es'].every((end) => names.vocabulary.id(letters + end) === -1);
}
