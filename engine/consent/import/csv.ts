import { characters } from './characters.ts';
import { ImportProblem } from './problem.ts';

/** A record has at most so many characters: a quotation mark that is never closed must not eat the file. */
const mostCharacters = 65_536;

/** A row of a CSV file and the line it begins in (from 1). */
export interface Row {
  line: number;
  fields: string[];
}

/** Rows of a CSV file (RFC 4180: commas, quotation marks doubled within quotation marks), one at a time; empty lines and lines that begin with `#` are
 * left out. */
export async function* rowsOf(
  chunks: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<Row> {
  let line = 1;
  let row: Row = { line, fields: [] };
  let field = '';
  let size = 0;
  let quoted: 'no' | 'yes' | 'closed' = 'no';
  let comment = false;
  const finished = (): Row | null => {
    const done = { line: row.line, fields: [...row.fields, field] };
    const empty = comment || (done.fields.length === 1 && field.trim() === '');
    field = '';
    size = 0;
    quoted = 'no';
    comment = false;
    row = { line: line + 1, fields: [] };
    return empty ? null : done;
  };
  for await (const text of characters(chunks, signal)) {
    for (const character of text) {
      if (++size > mostCharacters)
        throw new ImportProblem(row.line, `is longer than ${mostCharacters} characters; is a " not closed?`);
      if (character === '\n') {
        if (quoted === 'yes') field += character;
        else {
          const done = finished();
          if (done) yield done;
        }
        line++;
      } else if (comment) continue;
      else if (quoted === 'yes') {
        if (character === '"') quoted = 'closed';
        else field += character;
      } else if (character === '"' && quoted === 'closed') {
        field += character;
        quoted = 'yes';
      } else if (character === '"' && field.trim() === '') {
        field = '';
        quoted = 'yes';
      } else if (character === ',') {
        row.fields.push(field);
        field = '';
        quoted = 'no';
      } else if (character === '#' && row.fields.length === 0 && field === '') comment = true;
      else if (character !== '\r' && character !== '\ufeff') {
        if (quoted === 'closed' && character.trim() !== '')
          throw new ImportProblem(
            line,
            `“${character}” stands behind a closed "; write " twice within a field`,
          );
        if (quoted === 'no') field += character;
      }
    }
  }
  if (quoted === 'yes') throw new ImportProblem(row.line, 'a " is opened and never closed');
  const done = finished();
  if (done) yield done;
}
