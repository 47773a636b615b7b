import { destinationProblem } from '../destination-problem.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Kind } from '../kind.ts';
import type { Rule } from './rule.ts';

/** What is written is copied as it was made, so the ending is that of its kind. */
const endings: Readonly<Record<Kind, { ending: string; noun: string }>> = {
  video: { ending: '.mp4', noun: 'a film' },
  image: { ending: '.png', noun: 'a picture' },
  audio: { ending: '.wav', noun: 'a sound' },
  text: { ending: '.json', noun: 'a text' },
};

/** A path after TO is below the export root, has the ending of what is written, may be written, and is written once. */
export const destination: Rule = ({ world }) => {
  const taken = new Set<string>();
  return ({ stage, operation, explain }) => {
    if (stage.to === null) return [];
    const { value, span } = stage.to.path;
    const shape = destinationProblem(value);
    if (shape !== null) return [{ code: 'PQL430', message: shape.message, span, hint: shape.hint }];
    const wrong = endingProblem(value, operation.gives, span);
    if (wrong !== null) return [wrong];
    // Some file systems take A.mp4 and a.mp4 for one file.
    const same = value.normalize('NFC').toLowerCase();
    if (taken.has(same)) {
      return [
        {
          code: 'PQL432',
          message: `${value} is written twice`,
          span,
          hint: 'give one of the two another name',
        },
      ];
    }
    if (!explain) taken.add(same);
    const there = world.destinations.get(value);
    if (there === undefined || there === null) return [];
    if ('problem' in there) {
      return [
        {
          code: there.family === 5 ? 'PQL502' : 'PQL433',
          message: there.problem,
          span,
          hint: there.hint ?? 'choose another path',
        },
      ];
    }
    if (stage.to.overwrite) return [];
    const { end } = stage.to.url?.span ?? span;
    return [
      {
        code: 'PQL434',
        message: `${value} exists`,
        span,
        hint: 'write OVERWRITE behind it, or choose another name',
        fix: { span: { start: end, end }, text: ' OVERWRITE' },
      },
    ];
  };
};

function endingProblem(path: string, kind: Kind, span: { start: number; end: number }): Diagnostic | null {
  const { ending, noun } = endings[kind];
  if (path.toLowerCase().endsWith(ending)) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? path.slice(0, path.length - name.length + dot) : path;
  return {
    code: 'PQL431',
    message:
      dot > 0
        ? `${noun} is written as ${ending}, not as ${name.slice(dot)}`
        : `the name of ${noun} ends in ${ending}`,
    span,
    expected: `a path that ends in ${ending}`,
    fix: { span, text: JSON.stringify(`${stem}${ending}`) },
  };
}
