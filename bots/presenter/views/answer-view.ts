import type { Command } from '../../../dsl/compiled.ts';
import { explainText } from '../../../dsl/explain.ts';
import type { Answer } from '../../../engine/answer.ts';
import type { Explanation } from '../../../engine/explanation.ts';
import { drawTable } from '../../table.ts';
import type { CardView } from '../card-view.ts';
import { type Part, partOf, whole } from './part.ts';
import { refusedView } from './refusal-view.ts';
import { blockColumns, shaped, titled } from './shape.ts';

type Shown = Exclude<Answer, { type: 'confirm' }>;

/** What SHOW, FIND, HELP and the like answer, from a line of it on. */
export function answerView(text: string, answer: Shown, now: Date, from = 0): Part {
  switch (answer.type) {
    case 'refused':
      return whole(refusedView(answer.code, answer.message, answer.hint));
    case 'table': {
      if (answer.rows.length === 0)
        return whole(
          shaped({ tone: 'plain', title: answer.title, pql: text, lines: [answer.hint ?? 'nothing yet'] }),
        );
      // What the hint says of further pages, the button does.
      const plain = answer.hint === null ? answer : { ...answer, hint: null, total: answer.rows.length };
      const view = { tone: 'plain', title: answer.title, pql: text, footnote: answer.hint } as const;
      return partOf(view, drawTable(plain, blockColumns, now), 1, from);
    }
    case 'text': {
      const lines = answer.text.trimEnd().split('\n');
      if (answer.format !== 'pql' && lines.length === 1 && answer.text.length < 300) {
        const { title } = answer;
        return whole(shaped({ tone: 'plain', ...(title === null ? titled(lines[0]!) : { title, lines }) }));
      }
      return partOf({ tone: 'plain', title: answer.title ?? text }, lines, 0, from);
    }
  }
}

/** Several answers as one. */
export function answersView(views: readonly CardView[]): CardView {
  const [first] = views;
  if (first === undefined) return shaped({ tone: 'plain', title: 'There is nothing in this statement' });
  if (views.length === 1) return first;
  return shaped({
    tone: views.some(({ tone }) => tone === 'refused') ? 'refused' : 'plain',
    title: `${views.length} answers`,
    block: views
      .map(({ title, lines, block, footnote }) =>
        [title, ...lines, ...(block === null ? [] : [block]), ...(footnote === null ? [] : [footnote])].join(
          '\n',
        ),
      )
      .join('\n\n'),
    buttons: views.flatMap(({ buttons }) => buttons).slice(0, 5),
  });
}

/** What would run; of a command that is answered at once, that it is no job. */
export function explanationView(
  text: string,
  explanation: Explanation | null,
  command: Command | null,
  from = 0,
): Part {
  if (explanation === null)
    return whole(
      shaped({
        tone: 'plain',
        title: 'Answered at once: no job',
        pql: text,
        lines: command?.destructive ? ['It would ask before it does anything.'] : [],
      }),
    );
  const { plan, steps, totals } = explanation;
  const view = {
    tone: 'plain',
    title: 'What would run, and what is there already',
    pql: text,
    footnote: 'Nothing was run. Say it without EXPLAIN to run it.',
  } as const;
  return partOf(view, explainText(plan, steps, blockColumns, totals).split('\n'), 0, from);
}

/** A question before something is done that cannot be undone. */
export function questionView(
  question: string,
  touches: readonly string[],
  tokens: { yes: string; no: string },
  yes: string,
): CardView {
  return shaped({
    tone: 'plain',
    title: question.replace(/\?.*$/s, '?'),
    lines: [question.replace(/^[^?]*\?\s*/s, ''), ...touches],
    buttons: [
      [
        { token: tokens.yes, label: yes, style: 'danger', url: null },
        { token: tokens.no, label: 'Leave it', style: 'secondary', url: null },
      ],
    ],
  });
}
