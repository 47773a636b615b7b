/** A recipe that came with a file, taken apart: null unless it is one plain statement and comments. Files come from anywhere, so nothing of it is
 * believed but its shape: quotes closed, parentheses balanced, no `;`, no second line, no TO. */
export function parseRecipe(text: string): { body: string; lines: string[] } | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const comments = lines.filter(
    (line) => line.startsWith('-- ') && line.length <= 200 && !control.test(line),
  );
  const rest = lines.filter((line) => !line.startsWith('--'));
  if (rest.length !== 1) return null;
  const body = rest[0]!.replace(/\s*;$/, '');
  if (body.length > 40_000 || control.test(body) || !isPlain(body)) return null;
  return { body, lines: comments.slice(0, 32) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const control = /[\u0000-\u001f\u007f]/;

/** Whether the text could stand inside parentheses without ending them or beginning a comment. */
function isPlain(body: string): boolean {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < body.length; index += 1) {
    const character = body[index]!;
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth < 0) return false;
    } else if (character === ';' || (character === '-' && body[index + 1] === '-')) return false;
  }
  return (
    depth === 0 &&
    quote === '' &&
    /^[A-Z]+ /.test(body) &&
    !/ (?:TO|AS) /.test(body.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
  );
}
