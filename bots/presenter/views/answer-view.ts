import type { Command } from '../../../dsl/compiled.ts';
import { explainText } from '../../../dsl/explain.ts';
import type { Answer } from '../../../engine/answer.ts';
import type { Explanation } from '../../../engine/explanation.ts';
import { drawTable } from '../../table.ts';
import type { CardView } from '../card-view.ts';
import { refusedView } from './refusal-view.ts';
import { blockColumns, shaped } from './shape.ts';

type Shown = Exclude<Answer, { type: 'confirm' }>;

/** What SHOW, FIND, HELP and the like answer. */
export function answerView(text: string, answer: Shown, now: Date): CardView {
  switch (answer.type) {
    case 'refused':
      return refusedView(answer.code, answer.message, answer.hint);
    case 'table': {
      const empty = answer.rows.length === 0;
      return shaped({
        tone: 'plain',
        title: answer.title,
        pql: text,
        lines: empty ? [answer.hint ?? 'nothing yet'] : [],
        block: empty
          ? null
          : drawTable(
              { ...answer, ...(answer.hint === null ? {} : { hint: null, total: answer.rows.length }) },
              blockColumns,
              now,
            ).join('\n'),
        footnote: empty ? null : answer.hint,
      });
    }
    case 'text': {
      const short =
        answer.format !== 'pql' && !answer.text.trimEnd().includes('\n') && answer.text.length < 300;
      return shaped({
        tone: 'plain',
        title: answer.title ?? (short ? answer.text : text),
        lines: short && answer.title !== null ? [answer.text] : [],
        block: short ? null : answer.text,
      });
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
): CardView {
  if (explanation === null)
    return shaped({
      tone: 'plain',
      title: 'Answered at once: no job',
      pql: text,
      lines: command?.destructive ? ['It would ask before it does anything.'] : [],
    });
  const { plan, steps, totals } = explanation;
  return shaped({
    tone: 'plain',
    title: 'What would run, and what is there already',
    pql: text,
    block: explainText(plan, steps, blockColumns, totals),
    footnote: 'Nothing was run. Say it without EXPLAIN to run it.',
  });
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
