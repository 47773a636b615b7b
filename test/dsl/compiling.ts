import { catalogue } from '../../dsl/catalogue.ts';
import { compile } from '../../dsl/compile.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import { parse } from '../../dsl/parse.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { World } from '../../dsl/world.ts';
import { sampleWorld } from '../fakes/world.ts';

const vocabulary = vocabularyOf(catalogue);

/** Parses and compiles a text in a small world. */
export function compiled(source: string, world: World = sampleWorld()): Compiled {
  return compile({ source, ...parse(source, vocabulary) }, catalogue, world);
}

/** Codes of all problems, in the order of the text. */
export function codes(source: string, world?: World): string[] {
  return compiled(source, world).diagnostics.map(({ code }) => code);
}

/** The text after the first fix that is offered was applied. */
export function mended(source: string, world?: World): string {
  const fix = compiled(source, world).diagnostics.find((each) => each.fix !== undefined)?.fix;
  return fix === undefined ? source : source.slice(0, fix.span.start) + fix.text + source.slice(fix.span.end);
}
