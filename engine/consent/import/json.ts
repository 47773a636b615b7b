import { characters } from './characters.ts';
import { ImportProblem } from './problem.ts';

/** An object has at most so many characters; Wikidata's longest entities have some millions. */
const mostCharacters = 16_777_216;

/** An object of a JSON file and the line it begins in (from 1). */
export interface Item {
  line: number;
  value: unknown;
}

/** Objects of a JSON file, one at a time: those of one list, or one after the other (JSON lines). Only one is in memory. */
export async function* objectsOf(
  chunks: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<Item> {
  let line = 1;
  let begun = 1;
  let depth = 0;
  let held: string[] = [];
  let size = 0;
  let text = false;
  let escaped = false;
  let listed = false;
  for await (const chunk of characters(chunks, signal)) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at]!;
      if (character === '\n') line++;
      if (depth === 0) {
        if (character === '{') {
          begun = line;
          depth = 1;
          from = at;
        } else if (character === '[' && !listed) listed = true;
        else if (!/[\s,\]\ufeff]/.test(character))
          throw new ImportProblem(
            line,
            `“${character}” is not expected here; write a list of objects: [{"name": "Jane Roe"}]`,
          );
        continue;
      }
      if (text) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') text = false;
      } else if (character === '"') text = true;
      else if (character === '{' || character === '[') depth++;
      else if ((character === '}' || character === ']') && --depth === 0) {
        held.push(chunk.slice(from, at + 1));
        yield { line: begun, value: parsed(held.join(''), begun) };
        held = [];
        size = 0;
      }
    }
    if (depth > 0) {
      held.push(chunk.slice(from));
      size += chunk.length - from;
      if (size > mostCharacters)
        throw new ImportProblem(begun, `is longer than ${mostCharacters} characters`);
    }
  }
  if (depth > 0) throw new ImportProblem(begun, 'begins an object that never ends');
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ImportProblem(line, `is not JSON: ${(error as Error).message}`);
  }
}
