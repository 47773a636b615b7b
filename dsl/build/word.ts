import type { IToken } from 'chevrotain';
import type { Word } from '../ast.ts';
import { type Building, spanOf } from './building.ts';

export function buildWord(building: Building, token: IToken): Word {
  return { text: token.image, span: spanOf(building, token) };
}
