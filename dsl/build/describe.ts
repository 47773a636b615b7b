import type { IToken } from 'chevrotain';

/** What stands there, in the words of somebody who knows no grammar: `the number 4`, `a comma`. */
export function describe(token: IToken): string {
  const image = shorten(token.image);
  switch (token.tokenType.name) {
    case 'Text':
    case 'UnterminatedText':
      return `the text ${image}`;
    case 'Count':
      return `the number ${image}`;
    case 'Word':
    case 'Explain':
    case 'To':
    case 'As':
    case 'Overwrite':
      return `the word ${image}`;
    case 'Path':
      return `the path ${image}`;
    case 'Url':
      return `the address ${image}`;
    case 'Comma':
      return 'a comma';
    default:
      return image;
  }
}

/** At most 40 characters, so that a caret line stays a line. */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 40 ? text : `${characters.slice(0, 39).join('')}…`;
}
