import type { IToken } from 'chevrotain';
import { type Building, spanOf } from './building.ts';

/** Reports powers such as `10^6fps` as what they are, with the number written out as the fix; gives the tokens that belong to a
 * power beside its last, which the parser then takes for the value. */
export function readPowers(tokens: readonly IToken[], building: Building): ReadonlySet<IToken> {
  const powers = new Set<IToken>();
  for (const [index, sign] of tokens.entries()) {
    const [base, exponent] = [tokens[index - 1], tokens[index + 1]];
    if (sign.image !== '^' || base === undefined || exponent === undefined) continue;
    if (!isJoined(base, sign, exponent) || !/^\d+$/.test(base.image)) continue;
    const [, digits, unit] = /^(\d+)(.*)$/s.exec(exponent.image) ?? [];
    if (digits === undefined) continue;
    const span = { start: spanOf(building, base).start, end: spanOf(building, exponent).end };
    const value = Number(base.image) ** Number(digits);
    const text = `${value}${unit}`;
    building.report({
      code: 'PQL101',
      message: 'a power is written out as a number',
      span,
      found: `${base.image}^${exponent.image}`,
      ...(Number.isSafeInteger(value)
        ? { expected: text, fix: { span, text } }
        : { hint: 'write the number out' }),
    });
    powers.add(base).add(sign);
  }
  return powers;
}

/** No space stands between them. */
function isJoined(...tokens: IToken[]): boolean {
  return tokens.every((token, index) => {
    const next = tokens[index + 1];
    return next === undefined || token.startOffset + token.image.length === next.startOffset;
  });
}
