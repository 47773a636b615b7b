import type { Span } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { isControl, isSurrogate } from './forbidden.ts';

/** Says why a run of characters that no text may hold was refused. `code` is the first of them. */
export function forbiddenCharacters(code: number, span: Span): Diagnostic {
  const fix = { span, text: '' };
  const found = code === 0 ? 'U+0000 (NUL)' : name(code);
  if (isControl(code)) {
    return {
      code: 'PQL103',
      message: 'control characters cannot stand in PQL',
      span,
      found,
      expected: 'text that can be seen',
      fix,
    };
  }
  if (isSurrogate(code)) {
    return {
      code: 'PQL104',
      message: 'half of a character stands here',
      span,
      found: `${found}, half of a surrogate pair`,
      expected: 'a whole character',
      fix,
    };
  }
  return {
    code: 'PQL105',
    message: 'hidden characters that turn the direction of writing cannot stand in PQL',
    span,
    found,
    expected: 'text that reads as it runs',
    fix,
  };
}

/** A character without width in or between words. */
export function invisibleCharacter(code: number, span: Span, word: Span, cleaned: string): Diagnostic {
  return {
    code: 'PQL106',
    message:
      cleaned === '' ? 'an invisible character stands here' : `an invisible character stands in ${cleaned}`,
    span,
    found: name(code),
    ...(cleaned === '' ? {} : { expected: cleaned }),
    fix: { span: word, text: cleaned },
  };
}

/** A keyword with letters of another alphabet. */
export function lookAlike(typed: string, latin: string, span: Span): Diagnostic {
  const foreign = [...typed].filter((letter) => letter > '\u007f');
  return {
    code: 'PQL107',
    message: `this looks like ${latin} but has letters of another alphabet`,
    span,
    found: [...new Set(foreign)]
      .map((letter) => `${letter} (${name(letter.codePointAt(0) ?? 0)})`)
      .join(', '),
    expected: latin,
    fix: { span, text: latin },
  };
}

function name(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
