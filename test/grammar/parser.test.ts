import { expect, test } from 'vitest';
import { createReader } from '../../grammar/reader.ts';
import { vocabulary } from '../dsl/a-vocabulary.ts';

test("the definitions of tokens and grammar pass the library's own checks", () => {
  expect(() => createReader(vocabulary, { validate: true })).not.toThrow();
});

test('the tree is there even where tokens make no sense', () => {
  const reader = createReader(vocabulary);
  const text = ') ] = STITCH ( [ + , ? TO AS |';
  const { tree } = reader.parse(text, reader.lex(text).tokens);
  expect(tree?.name).toBe('statements');
});

test('a reader keeps nothing of the text before', () => {
  const reader = createReader(vocabulary);
  const broken = 'STITCH ((( a';
  reader.parse(broken, reader.lex(broken).tokens);
  const text = 'STITCH a + b';
  const { tree, errors } = reader.parse(text, reader.lex(text).tokens);
  expect(errors).toEqual([]);
  expect(tree?.children.statement).toHaveLength(1);
});
