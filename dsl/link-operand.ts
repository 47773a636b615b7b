import type { Operand, Range, Script, Span, Word } from './ast.ts';
import { type Binding, boundNames, operandsOf, stagesOf } from './bound-names.ts';
import type { Diagnostic } from './diagnostic.ts';
import { identifier } from './identifier.ts';
import type { Query } from './query/query.ts';
import type { Source, WorkStage } from './resolved.ts';
import { suggest } from './suggest.ts';
import { time } from './values/quantities.ts';
import type { Answered, Known, Unusable, World } from './world.ts';

/** Suggestions cost a look at every name; a script with more unknown names than this has other troubles. */
const mostSuggestions = 50;

/** Knows what names mean at the place that resolution has reached. */
export interface Linker {
  readonly statement: number;
  readonly explain: boolean;
  enter(statement: number, explain: boolean): void;
  /** The statement is finished: from now on `_` means this. */
  made(stage: WorkStage): void;
  bind(word: Word, made: WorkStage | null): void;
  /** What FROM found; undefined where nobody looked. */
  found(query: Query): Answered | undefined;
  name(name: string, span: Span): Source['origin'];
  file(path: string, span: Span): Known | null;
  range(range: Range): Source['range'];
}

/** Links a name, an id or a file; what is nested in parentheses, resolution does itself. */
export function linkOperand(operand: Operand, linker: Linker): Source {
  const { value, span } = operand;
  const origin = ((): Source['origin'] => {
    if (value.type === 'reference') return linker.name(value.name, value.span);
    if (value.type === 'text' || value.type === 'path') {
      const known = linker.file(value.value, value.span);
      return known === null ? { type: 'unknown' } : { type: 'known', known, label: value.value };
    }
    return { type: 'unknown' };
  })();
  const whole =
    origin.type === 'stage' ? origin.stage.predicted : origin.type === 'known' ? origin.known.facts : null;
  return { origin, span, range: null, whole, facts: whole };
}

/** Names bound by AS further up come before those of the workspace. */
export function linkerOf(script: Script, world: World, diagnostics: Diagnostic[]): Linker {
  const later = boundNames(script);
  const bound = new Map<string, { made: WorkStage | null; explain: boolean }>();
  let [statement, explain, suggestions] = [0, false, 0];
  let last: WorkStage | null = null;
  const near = (name: string): string | null => {
    suggestions += 1;
    if (suggestions > mostSuggestions) return null;
    return suggest(name, [
      ...[...bound.keys()].map((each) => later.get(each)?.[0]?.word.text ?? each),
      ...world.names,
    ]);
  };
  const mutual = mutualIn(script, later);
  const report = (diagnostic: Diagnostic): { type: 'unknown' } => {
    diagnostics.push(diagnostic);
    return { type: 'unknown' };
  };
  return {
    get statement() {
      return statement;
    },
    get explain() {
      return explain;
    },
    enter(index, explained) {
      [statement, explain] = [index, explained];
    },
    made(stage) {
      if (!stage.explain) last = stage;
    },
    found: (query) => world.queries.get(JSON.stringify(query)),
    bind(word, made) {
      const name = word.text.toLowerCase();
      if (!bound.has(name)) bound.set(name, { made, explain });
    },
    name(name, span) {
      const lower = name.toLowerCase();
      const here = bound.get(lower);
      if (here?.explain && !explain) return report(onlyExplained(name, span));
      if (here !== undefined)
        return here.made === null ? { type: 'unknown' } : { type: 'stage', stage: here.made };
      if (lower === '_' && last !== null) return { type: 'stage', stage: last };
      const known = world.media.get(lower) ?? world.media.get(name) ?? null;
      const binding = later.get(lower)?.[0];
      if (binding !== undefined && binding.statement !== statement && known !== null) {
        return report(ambiguous(name, span));
      }
      if (known !== null) return { type: 'known', known, label: known.id ?? name };
      if (binding !== undefined) {
        const self = binding.statement === statement;
        return report(tooEarly(name, span, self, !self && mutual(statement, binding.statement)));
      }
      return report(unknownName(name, span, near));
    },
    file(path, span) {
      const known = world.files.get(path);
      if (known !== undefined && !('problem' in known)) return known;
      diagnostics.push(unusableFile(path, span, known));
      return null;
    },
    range(range) {
      const problems: Diagnostic[] = [];
      const read = (value: Range['from']): number | null => {
        if (value === null) return null;
        const reading = time.read([value], { label: 'the range', span: range.span, files: [] });
        if ('value' in reading) return reading.value;
        problems.push(...reading.problems);
        return null;
      };
      const [from, to] = [read(range.from) ?? 0, read(range.to)];
      diagnostics.push(...problems);
      return problems.length > 0 ? null : { from, to, span: range.span };
    },
  };
}

function onlyExplained(name: string, span: Span): Diagnostic {
  return {
    code: 'PQL314',
    message: `${name} is only explained, nothing makes it`,
    span,
    hint: 'take EXPLAIN away from the statement that makes it',
  };
}

function ambiguous(name: string, span: Span): Diagnostic {
  return {
    code: 'PQL313',
    message: `${name} could be two things`,
    span,
    found: 'a clip of the workspace and a name given further down',
    hint: 'move the statement that makes it up, or give it another name',
  };
}

function tooEarly(name: string, span: Span, self: boolean, mutual: boolean): Diagnostic {
  if (self) {
    return {
      code: 'PQL312',
      message: `${name} cannot be made from itself`,
      span,
      hint: 'name the clip that it is to be made from',
    };
  }
  if (mutual) {
    return {
      code: 'PQL312',
      message: `${name} is made from what it is needed for`,
      span,
      hint: 'one of the two statements has to start from something else',
    };
  }
  return {
    code: 'PQL311',
    message: `${name} is made further down`,
    span,
    hint: `move the statement that makes ${name} up, before this one`,
  };
}

/** Whether a later statement in turn needs what an earlier one makes; remembered, since thousands of names may ask the same. */
function mutualIn(
  script: Script,
  later: ReadonlyMap<string, readonly Binding[]>,
): (earlier: number, late: number) => boolean {
  const known = new Map<string, boolean>();
  return (earlier, late) => {
    const key = `${earlier} ${late}`;
    const there = known.get(key);
    if (there !== undefined) return there;
    const needs = stagesOf(script.statements[late]!.pipeline).some((stage) =>
      operandsOf(stage).some(
        ({ value }) =>
          value.type === 'reference' && later.get(value.name.toLowerCase())?.[0]?.statement === earlier,
      ),
    );
    known.set(key, needs);
    return needs;
  };
}

function unusableFile(path: string, span: Span, known: Unusable | undefined): Diagnostic {
  const code = known?.family === 5 ? 'PQL501' : 'PQL420';
  const message = known?.problem ?? 'there is no such file';
  if (identifier(path) !== null) {
    return { code, message, span, hint: 'an id stands without quotes', fix: { span, text: path } };
  }
  const usual =
    known === undefined ? 'check the path; it counts from the folder you are in' : 'name another file';
  return { code, message, span, hint: known?.hint ?? usual };
}

function unknownName(name: string, span: Span, near: (name: string) => string | null): Diagnostic {
  const id = identifier(name);
  if (id !== null && !['v', 'i', 'a', 't'].includes(id.letter)) {
    return {
      code: 'PQL315',
      message: `${name} is ${id.noun}, not a clip`,
      span,
      hint: id.letter === 'g' ? `FIND GROUP ${name} shows its clips` : 'SHOW VIDEOS lists the clips',
    };
  }
  if (name === '_') {
    return { code: 'PQL303', message: 'nothing was made here yet', span, hint: '_ is the last result' };
  }
  if (name.toLowerCase() === 'this') {
    return {
      code: 'PQL303',
      message: 'nothing came with this statement',
      span,
      hint: 'in a chat, this is the clip that is attached to the message; a file stands in quotes: "clip.mp4"',
    };
  }
  const close = near(name);
  return {
    code: 'PQL303',
    message: id === null ? `nothing is called ${name}` : `there is no ${name} in this workspace`,
    span,
    ...(close === null
      ? {
          hint:
            id === null
              ? `a file stands in quotes: "${name}.mp4"; SHOW VIDEOS lists the clips`
              : 'SHOW VIDEOS lists the clips',
        }
      : { hint: `did you mean ${close}?`, fix: { span, text: close } }),
  };
}
