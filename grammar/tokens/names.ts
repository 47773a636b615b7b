import { createToken } from 'chevrotain';
import { Misfit } from './categories.ts';
import { asciiLetterCodes, beyondAsciiCodes, codesOf, digitCodes, letterCodes, sticky } from './pattern.ts';

const start = String.raw`[\p{L}_]`;
const inner = String.raw`[\p{L}\p{N}\p{M}_]`;
const hyphens = `(?:-+${inner}+)*`;
/** Long tokens start only where a run of their characters starts: without this, a megabyte of `1.1.1.…` is scanned to its end at every step. */
const fresh = String.raw`(?<![\p{L}\p{N}\p{M}_.@%~:-])`;

/** A verb, a clause word or a name: which of them it is, its place decides. Nothing is reserved. */
export const Word = createToken({
  name: 'Word',
  label: 'a word',
  ...sticky(`${start}${inner}*${hyphens}`, letterCodes),
});

/** `crawler.delay` or `intro.mp4`: which of them it is, its place and its ending decide. */
export const Dotted = createToken({
  name: 'Dotted',
  label: 'a dotted name',
  categories: [Misfit],
  ...sticky(String.raw`${fresh}${inner}+${hyphens}(?:\.${inner}+${hyphens})*\.${start}${inner}*${hyphens}`, [
    ...letterCodes,
    ...digitCodes,
  ]),
});

/** `@U123`, `#alerts`. */
export const Mention = createToken({
  name: 'Mention',
  label: 'a person or channel',
  categories: [Misfit],
  ...sticky(`[@#]${inner}+(?:[.-]${inner}+)*`, codesOf('@#')),
});

/** A web address, as a regular expression: the printer asks it what needs quotes. */
export const urlSource = String.raw`[a-zA-Z][a-zA-Z0-9+.-]{0,30}:\/\/(?:[^\s;|"'<>()\[\],@/]*@)?(?:\[[0-9a-fA-F:.%]*\])?(?:[^\s;|"'<>()\[\],]|\([^\s;|"'<>()\[\]]*\)|,(?=[^\s;|"'<>()\[\],]))*`;

/** `https://example.com/x?y=1&z=2`. Ends before white space, quotes, `;`, `|` and brackets that it did not open, and before a full stop or
 * comma that something else follows; an IPv6 host keeps its brackets. Scheme at most 31 characters, as a guard against slow scans. */
export const Url = createToken({
  name: 'Url',
  label: 'a web address',
  categories: [Misfit],
  ...sticky(urlSource, asciiLetterCodes),
});

/** `out/harbour.mp4`, `../x`, `/etc/x`, `~/x`, `C:\x`, `file:x`. Quotes are needed for white space and for `; | , ( ) [ ] = ? +`. */
export const Path = createToken({
  name: 'Path',
  label: 'a path',
  categories: [Misfit],
  ...sticky(
    String.raw`${fresh}(?:[\p{L}\p{N}\p{M}_.@%~:-]*[\/\\]|~|[a-zA-Z][\p{L}\p{N}.-]+:(?=[^\s;|,()\[\]"'=?+]))[^\s;|,()\[\]"'=?+]*`,
    [...letterCodes, ...digitCodes, ...beyondAsciiCodes, ...codesOf('./\\~-@%:')],
  ),
});

/** `-x`: an option as command lines have them, which PQL has not; after TO it is a path that is refused later. */
export const Flag = createToken({
  name: 'Flag',
  label: 'a flag',
  categories: [Misfit],
  ...sticky(String.raw`-[\p{L}_][\p{L}\p{N}\p{M}_.-]*`, codesOf('-')),
});

export const Explain = createToken({ name: 'Explain', label: '"EXPLAIN"', ...keyword('explain') });
export const To = createToken({ name: 'To', label: '"TO"', ...keyword('to') });
export const As = createToken({ name: 'As', label: '"AS"', ...keyword('as') });
export const Overwrite = createToken({ name: 'Overwrite', label: '"OVERWRITE"', ...keyword('overwrite') });

/** A word of the grammar itself; the lexer gives it its own type, and wherever a name may stand it is a word like any other. */
function keyword(text: string) {
  const first = text.charAt(0);
  return {
    ...sticky(
      `${text}${String.raw`(?![\p{L}\p{N}\p{M}_]|-+[\p{L}\p{N}\p{M}_])`}`,
      codesOf(first + first.toUpperCase()),
      'i',
    ),
    categories: [Word],
  };
}
