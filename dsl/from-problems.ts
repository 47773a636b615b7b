import { keyword } from '../grammar/keyword.ts';
import type { FromStage, Operand, Span, Word } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { printStage } from './print.ts';
import type { Collection } from './query/collection.ts';
import { collections } from './query/collections.ts';
import { lists } from './query/lists.ts';
import { type Context, nothing } from './resolve-work.ts';
import { suggest } from './suggest.ts';

/** FROM alone. */
export function noSource({ verb }: FromStage): Diagnostic {
  return {
    code: 'PQL228',
    message: 'FROM needs to know of what',
    span: verb.span,
    expected: `${collections.map(({ name }) => name).join(', ')}, GROUP g7 or SHOTS OF v1`,
    hint: 'write FROM videos WHERE duration > 5s',
  };
}

/** A single word that is neither a collection nor a clip. */
export function unknownCollection(value: { name: string; span: Span }, { world }: Context): Diagnostic {
  const names = collections.map(({ name }) => name);
  const near = suggest(value.name, [...names, ...world.names]);
  return {
    code: 'PQL303',
    message: `there is nothing called ${value.name} to ask of`,
    span: value.span,
    expected: `${names.join(', ')}, GROUP g7, SHOTS OF v1, or clips`,
    ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span: value.span, text: near } }),
  };
}

/** `FROM SHOTZ OF v1`. */
export function unknownList(verb: Word): Diagnostic {
  const near = suggest(verb.text, [...lists.keys()]);
  return {
    code: 'PQL301',
    message: `${keyword(verb.text)} finds no list`,
    span: verb.span,
    expected: `${[...lists.keys()].join(' or ')} OF and a clip`,
    ...(near === null ? {} : { hint: `did you mean ${near}?`, fix: { span: verb.span, text: near } }),
  };
}

/** `FROM videos AS mine`. */
export function unnameable({ span, text }: Word): Diagnostic {
  return {
    code: 'PQL234',
    message: 'several things cannot share a name',
    span,
    found: `the name ${text}`,
    hint: 'name what REDUCE makes of them: REDUCE STITCH AS name',
  };
}

/** PAGE before MAP or REDUCE. */
export function pageOfWork(span: Span): Diagnostic {
  return {
    code: 'PQL227',
    message: 'PAGE turns the pages of an answer, and here nothing is shown',
    span,
    hint: 'LIMIT says how many',
  };
}

/** `FROM jobs MAP ( … )`. */
export function noMedia(stage: FromStage, collection: Collection, span: Span): Diagnostic {
  return {
    code: 'PQL406',
    message: `${collection.name} are nothing that can be worked on`,
    span,
    expected: 'videos, images, audio, texts, media, GROUP g7 or SHOTS OF v1',
    hint: `${printStage({ ...stage, page: null })} alone lists them`,
  };
}

/** `FROM v1 + v2` with nothing to do. */
export function clipsAlone(stage: FromStage, operands: readonly Operand[]): Diagnostic {
  return {
    code: 'PQL228',
    message: 'FROM needs to know what to do with these',
    span: stage.source?.span ?? nothing(stage).span,
    expected: 'MAP ( … ) or REDUCE … behind it',
    hint: operands.length === 1 ? 'FIND shows one thing' : 'STITCH a + b puts clips together',
  };
}
