import type { Diagnostic } from './diagnostic.ts';
import { type PositionMap, positionMap } from './normalise/position-map.ts';
import { rewrite } from './normalise/rewrite.ts';

export interface NormaliseOptions {
  /** `chat` also undoes what Slack and Discord make of a text: entities, `<https://x|x>`, `<@U123|n>`, fences. */
  surface?: 'plain' | 'chat';
  /** Words in capitals in which look-alike letters are refused. */
  keywords?: ReadonlySet<string>;
}

export interface Normalised {
  text: string;
  map: PositionMap;
}

/** Makes plain PQL of what phones, word processors and chat programs make of it, and reports characters that no text may hold. Curly quotes count as
 * delimiters only: what stands in quotes stays as it is. Plain ASCII without chat's marks is returned as it came. */
export function normalise(
  source: string,
  options: NormaliseOptions,
  report: (diagnostic: Diagnostic) => void,
): Normalised {
  const chat = options.surface === 'chat';
  if (plain.test(source) && !(chat && chatMarks.test(source))) return { text: source, map: positionMap([]) };
  const { text, pieces } = rewrite(source, { chat, keywords: options.keywords ?? new Set() }, report);
  return { text, map: positionMap(pieces) };
}

const plain = /^[\t\n\r -~]*$/;
const chatMarks = /[&<`]/;
