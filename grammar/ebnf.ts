import { lexical } from './productions/lexical.ts';
import type { Production, Shape } from './productions/shape.ts';

/** The grammar in EBNF as ISO/IEC 14977 writes it: { } any number of times, [ ] at most once. */
export function ebnf(productions: readonly Production[]): string {
  const head =
    '(* The grammar of PQL, generated from the parser by `npm run docs`. Keywords are written in any case; none is reserved. *)\n';
  const rules = productions.map(({ name, body }) => wrapped(`${hyphened(name)} = `, alternatives(body)));
  const tokens = lexical.map(([name, says]) => `${hyphened(name)} = ? ${says} ? ;`);
  return `${[head, ...rules, '', ...tokens].join('\n')}\n`;
}

function alternatives(body: Shape): string[] {
  return body.kind === 'choice' ? body.items.map((item) => text(item, 1)) : [text(body, 0)];
}

/** Alternatives on as few lines of at most 110 characters as they take. */
function wrapped(head: string, parts: readonly string[]): string {
  const indent = ' '.repeat(head.length - 2);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = `${last} | ${part}`;
    if (last === undefined) lines.push(head + part);
    else if (joined.length > 108) lines.push(`${indent}| ${part}`);
    else lines[lines.length - 1] = joined;
  }
  return `${lines.join('\n')} ;`;
}

/** `level` 0: anywhere; 1: within a choice; 2: within a sequence, where a choice needs parentheses. */
function text(shape: Shape, level: 0 | 1 | 2): string {
  switch (shape.kind) {
    case 'terminal':
      return `"${shape.text}"`;
    case 'rule':
      return hyphened(shape.name);
    case 'optional':
      return `[ ${text(shape.item, 0)} ]`;
    case 'many':
      return `{ ${text(shape.item, 0)} }`;
    case 'sequence':
      return shape.items.map((item) => text(item, 2)).join(' , ');
    case 'choice': {
      const all = shape.items.map((item) => text(item, 1)).join(' | ');
      return level === 2 ? `( ${all} )` : all;
    }
  }
}

function hyphened(name: string): string {
  return name.replaceAll(' ', '-');
}
