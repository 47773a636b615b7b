import { analysisText } from '../../dsl/explain/analysis-text.ts';
import { renderDiagnostics } from '../../dsl/render-diagnostic.ts';
import { type Card, emptyCard, follow } from '../card.ts';
import type { Audience } from '../conduct.ts';
import { summarise } from '../summary.ts';
import { clip, harmless, oneLine } from '../width.ts';
import { liveProgress, type ProgressDisplay } from './live-progress.ts';
import { plainProgress } from './plain-progress.ts';
import { showAnswer } from './show-answer.ts';
import { showExplanation } from './show-explanation.ts';
import type { Terminal } from './terminal.ts';

/** Asks a question that wants `y`; false when nobody can answer. */
export type Ask = (question: string) => Promise<boolean>;

/** An audience that can also be told something while it is shown a run. */
export interface PersonAudience extends Audience {
  say(text: string): void;
}

/** Shows what happens to a person: answers and results on standard output, progress and problems on standard error. */
export function personAudience(terminal: Terminal, ask: Ask): PersonAudience {
  const { out, err } = terminal;
  let card: Card = emptyCard;
  let display: ProgressDisplay | null = null;

  const finish = () => {
    const { results, words, notes, problems, closing } = summarise(card);
    const width = terminal.size().columns;
    for (const problem of problems) err.write(`${terminal.errPalette.bad(problem)}\n`);
    for (const result of results) out.write(`${terminal.outPalette.strong(result)}\n`);
    for (const line of words) out.write(`${line}\n`);
    for (const note of notes) out.write(`${note}\n`);
    out.write(`${terminal.outIsTerminal ? clip(closing, Math.max(width, 40)) : closing}\n`);
  };

  return {
    diagnostics(source, diagnostics) {
      err.write(renderDiagnostics(source, diagnostics, terminal.errPalette));
    },
    say(text) {
      if (display) display.say(text);
      else err.write(`\n${text}\n`);
    },
    answer(_command, answer) {
      if (answer.type === 'refused')
        err.write(`${showAnswer(answer, terminal.size().columns, terminal.now(), terminal.errPalette)}\n`);
      else out.write(`${showAnswer(answer, terminal.width(), terminal.now(), terminal.outPalette)}\n`);
    },
    explained(text, explanation, command) {
      out.write(`${showExplanation(text, explanation, command, terminal.width(), terminal.outPalette)}\n`);
    },
    analysed(text, analysis) {
      const { strong } = terminal.outPalette;
      out.write(`${strong(oneLine(text.trim()))}\n${harmless(analysisText(analysis, terminal.width()))}\n`);
    },
    event(event, compiled) {
      if (event.type === 'diagnostic') return this.diagnostics(compiled.source, [event.diagnostic]);
      card = follow(event.type === 'accepted' ? emptyCard : card, event);
      display ??= terminal.live
        ? liveProgress(err, terminal.size, terminal.errPalette)
        : plainProgress(err, () => terminal.now().getTime());
      if (event.type !== 'done') return display.show(card);
      display.end(card);
      display = null;
      finish();
    },
    confirm(_command, question, touches) {
      err.write(`${oneLine(question)}\n`);
      for (const touch of touches) err.write(`  ${oneLine(touch)}\n`);
      return ask('Go on? [y/N] ');
    },
  };
}
