import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../dsl/ast.ts';
import { operandsOf } from '../../dsl/bound-names.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { parse } from '../../dsl/parse.ts';
import { print } from '../../dsl/print.ts';
import { renderDiagnostics } from '../../dsl/render-diagnostic.ts';
import { vocabulary } from './a-vocabulary.ts';
import { script, soup } from './pql-arbitraries.ts';
import { spansIn, withoutSpans } from './without-spans.ts';

const anything = fc.oneof(
  soup,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
);
const surface = fc.constantFrom('plain' as const, 'chat' as const);

test('any text is read without a throw, with every place inside it and every problem told in plain words', () => {
  fc.assert(
    fc.property(anything, surface, (source, from) => {
      const { script: read, diagnostics, tokens, comments } = parse(source, vocabulary, { surface: from });
      for (const { start, end } of [
        ...spansIn(read),
        ...spansIn(diagnostics),
        ...spansIn(tokens),
        ...spansIn(comments),
      ]) {
        expect(
          0 <= start && start <= end && end <= source.length,
          `${start}..${end} of ${source.length}`,
        ).toBe(true);
      }
      for (const diagnostic of diagnostics) expect(words(diagnostic)).not.toMatch(jargon);
      renderDiagnostics(source, diagnostics);
    }),
    { numRuns: 1200 },
  );
});

test('what is read without a problem prints canonically: the print reads as the same and prints as itself', () => {
  let understood = 0;
  fc.assert(
    fc.property(soup, (source) => {
      const first = parse(source, vocabulary);
      if (first.diagnostics.length > 0 || first.script.statements.some(isHopeless)) return;
      understood++;
      const text = print(first.script);
      const second = parse(text, vocabulary);
      expect(second.diagnostics).toEqual([]);
      expect(folded(second.script)).toEqual(folded(first.script));
      expect(print(second.script)).toBe(text);
    }),
    { numRuns: 4000, examples: [['PROBE a TO https://example.com/x?y=1&z=2']] },
  );
  expect(understood).toBeGreaterThan(100);
});

test('every tree that is printed reads as itself', () => {
  fc.assert(
    fc.property(script, (tree) => {
      const text = print(tree);
      const { script: read, diagnostics } = parse(text, vocabulary);
      expect(diagnostics).toEqual([]);
      expect(withoutSpans(read)).toEqual(withoutSpans(tree));
    }),
    { numRuns: 250 },
  );
});

/** What the checker refuses anyway, and what a print may turn into something else that it refuses: a first stage that says where its result goes but
 * not what of, since TO and AS could be names there; and clauses that no verb has, since they could be names too. */
function isHopeless({ pipeline }: { pipeline: Pipeline }): boolean {
  const [first] = pipeline.stages;
  if (first === undefined) return true;
  if (first.type === 'stage' && first.operands.length === 0 && (first.to !== null || first.as !== null))
    return true;
  return pipeline.stages.some((stage) => {
    if (stage.type === 'from') return operandsOf(stage).some(({ value }) => value.type === 'pipeline');
    if (stage.type !== 'stage') return isHopeless({ pipeline: stage.body });
    const { verb, clauses, operands } = stage;
    const shape = vocabulary.get(verb.text.toUpperCase());
    const unknown = clauses.some(({ word }) => !shape?.clauses.has(word.text.toUpperCase()));
    return (shape?.operands !== false && unknown) || operands.some(({ value }) => value.type === 'pipeline');
  });
}

/** Printing puts keywords into capitals and the words of settings into small letters; nothing else of a tree changes. */
function folded(tree: unknown, key = ''): unknown {
  if (Array.isArray(tree)) return tree.map((each) => folded(each, key));
  if (tree === null || typeof tree !== 'object') return tree;
  const keyword = ['verb', 'word', 'subject'].includes(key);
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([name]) => name !== 'span')
      .map(([name, value]) => [
        name,
        keyword && name === 'text'
          ? value.replace(/[A-Z]/g, (letter: string) => letter.toLowerCase())
          : folded(value, name),
      ]),
  );
}

function words({ message, found, expected, hint }: Diagnostic): string {
  return [message, found, expected, hint].join('\n');
}

/** Words of the parser library and of programming that no asker should meet. */
const jargon =
  /token of type|expecting|NoViableAlt|MismatchedToken|redundant input|\bEOF\b|undefined|\[object|\bNaN\b/;
