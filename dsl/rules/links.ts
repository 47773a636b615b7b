import type { Span } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { urlProblem } from '../values/url.ts';
import type { World } from '../world.ts';
import type { Rule } from './rule.ts';

/** A link after `?` or NOTIFY may be reached from here. */
export const links: Rule =
  ({ world }) =>
  ({ stage, notify, written }) => {
    const delivery = stage.to?.url ?? null;
    const clause = written.get('NOTIFY');
    return [
      ...(delivery === null
        ? []
        : (shape(delivery.value, delivery.span) ?? refused(delivery.value, delivery.span, world))),
      ...(notify === null || clause === undefined ? [] : refused(notify, clause.values[0]!.span, world)),
    ];
  };

function shape(url: string, span: Span): Diagnostic[] | null {
  const message = urlProblem(url);
  if (message === null) return null;
  return [{ code: 'PQL409', message, span, hint: 'write the whole link, beginning with https://' }];
}

function refused(url: string, span: Span, world: World): Diagnostic[] {
  const there = world.urls.get(url);
  if (there === undefined || there === null) return [];
  return [
    {
      code: there.family === 5 ? 'PQL503' : 'PQL409',
      message: there.problem,
      span,
      hint: there.hint ?? 'choose another address',
    },
  ];
}
