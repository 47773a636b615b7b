import type { Vocabulary } from './vocabulary.ts';

/** Words of FROM, MAP and REDUCE. */
const queryKeywords = [
  ...['FROM', 'WHERE', 'AND', 'OR', 'NOT', 'IN', 'CONTAINS', 'BETWEEN', 'IS', 'KNOWN', 'ORDER', 'BY', 'DESC'],
  ...['LIMIT', 'PAGE', 'MAP', 'AT', 'MOST', 'REDUCE', 'START', 'MAPREDUCE'],
];

/** The TextMate grammar, as editors use it for colours: JSON text. */
export function textMate(vocabulary: Vocabulary): string {
  const subjects = [...vocabulary.values()].flatMap((shape) => shape.subjects.flat());
  const clauses = [...vocabulary.values()].flatMap((shape) => [...shape.clauses]);
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'PQL',
    scopeName: 'source.pql',
    fileTypes: ['pql'],
    patterns: [
      { name: 'comment.line.double-dash.pql', match: '--.*$' },
      quoted('"', 'double'),
      quoted("'", 'single'),
      {
        name: 'markup.underline.link.pql',
        match: String.raw`\b[A-Za-z][A-Za-z0-9+.-]*://[^\s;|"'<>()\[\],]+`,
      },
      {
        name: 'string.unquoted.path.pql',
        match: String.raw`(?:~|[\w.@%:-]*[/\\])(?<!\d/)[^\s;|,()\[\]"'=?+]*(?<![\d/])|\b[\w-]+\.(?:mp4|mov|mkv|webm|avi|gif|png|jpe?g|webp|wav|mp3|m4a|flac|srt|vtt|cube|json)\b`,
      },
      {
        name: 'constant.numeric.pql',
        match: String.raw`(?<![\w.-])(?:f/\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?/\d+[A-Za-z]*|\d+[xX]\d+|\d+(?::\d+)+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?(?:%|[A-Za-z]+\d*)*)(?![\w])`,
      },
      {
        name: 'keyword.control.pql',
        match: words(['EXPLAIN', 'ANALYZE', 'TO', 'AS', 'OVERWRITE', ...queryKeywords]),
      },
      { name: 'keyword.operator.word.pql', match: words([...subjects, ...clauses]) },
      { name: 'entity.name.function.pql', match: words([...vocabulary.keys()]) },
      { name: 'keyword.operator.pql', match: String.raw`\.\.|[<>!]=?|[|+=?]` },
      { name: 'punctuation.terminator.pql', match: ';' },
      { name: 'punctuation.section.pql', match: String.raw`[()\[\],]` },
      { name: 'variable.language.pql', match: String.raw`(?<![\w-])_(?![\w-])` },
      {
        name: 'variable.other.pql',
        match: String.raw`[\p{L}_][\p{L}\p{N}\p{M}_]*(?:-+[\p{L}\p{N}\p{M}_]+)*`,
      },
    ],
  };
  // The project's formatter keeps short lists on one line, and this file is checked by it like any other.
  return `${JSON.stringify(grammar, null, 2).replace(/\[\s+("pql")\s+\]/, '[$1]')}\n`;
}

function quoted(quote: string, name: string) {
  return {
    name: `string.quoted.${name}.pql`,
    begin: quote,
    end: `${quote}|$`,
    patterns: [
      { name: 'constant.character.escape.pql', match: String.raw`\\(?:["'\\nt]|u\{[0-9A-Fa-f]{1,6}\})` },
      { name: 'invalid.illegal.escape.pql', match: String.raw`\\.` },
    ],
  };
}

/** Any of the words, in any case, not as part of a longer one; longer ones first. */
function words(all: readonly string[]): string {
  const sorted = [...new Set(all)].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  return String.raw`(?i)(?<![\w.-])(?:${sorted.join('|')})(?![\w-])`;
}
