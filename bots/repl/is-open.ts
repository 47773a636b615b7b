/** Whether a source clearly goes on after its end: a bracket is open, or it ends in something that wants more (`|`, `+`, `,`, `?`, `..`). A text in
 * quotes never goes on: it ends on its line. */
export function isOpen(source: string): boolean {
  const code = withoutTexts(source).trimEnd();
  let depth = 0;
  for (const character of code) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth -= 1;
    // Whoever writes `;` means to end, brackets or not: the diagnostic tells them of the bracket.
    if (character === ';') depth = 0;
  }
  return depth > 0 || /(?:[|+,?]|\.\.)$/.test(code);
}

/** A source on one line, as the history and the line editor keep it: comments go, line breaks become spaces. */
export function joined(source: string): string {
  return source
    .replace(textOrComment, (match) => (isComment(match) ? '' : match))
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();
}

const textOrComment = /"(?:[^"\\\r\n]|\\[^\r\n])*"?|'(?:[^'\\\r\n]|\\[^\r\n])*'?|(?:--|—)[^\r\n]*/g;

function withoutTexts(source: string): string {
  return source.replace(textOrComment, (match) => (isComment(match) ? '' : '""'));
}

function isComment(match: string): boolean {
  return match.startsWith('-') || match.startsWith('—');
}
