import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chatCommands, messageCommands, optionsOf } from '../../../bots/presenter/commands.ts';
import { consentVerbs, optionsOfConsent } from '../../../bots/presenter/consent-verbs.ts';
import { createFormText } from '../../../bots/presenter/form-text.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { parse } from '../../../dsl/parse.ts';
import { print } from '../../../dsl/print.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';

const formText = createFormText(catalogue);
const vocabulary = vocabularyOf(catalogue);

test.each([
  [
    'generate',
    { prompt: 'a "small" lighthouse', duration: '8s', size: '1080p', weather: 'fog', as: 'light' },
    String.raw`GENERATE "a \"small\" lighthouse" DURATION 8s SIZE 1080p WEATHER fog AS light`,
  ],
  [
    'generate',
    { prompt: '“fog over the sea”', camera: '(lens 35mm, move pan-left)' },
    'GENERATE "fog over the sea" CAMERA (lens 35mm, move pan-left)',
  ],
  ['generate', { prompt: 'snow', from: 'i3' }, 'GENERATE "snow" FROM i3'],
  ['generate', { prompt: 'snow', from: 'v3[2s..4s]', seed: '7' }, 'GENERATE "snow" FROM v3[2s..4s] SEED 7'],
  ['generate', { prompt: 'snow', from: 'my photo.jpg' }, 'GENERATE "snow" FROM "my photo.jpg"'],
  [
    'generate',
    { prompt: 'snow', from: '(GENERATE "a" TO out.mp4)' },
    String.raw`GENERATE "snow" FROM "(GENERATE \"a\" TO out.mp4)"`,
  ],
  ['generate', { prompt: 'snow', from: 'i1; PURGE CACHE' }, 'GENERATE "snow" FROM "i1; PURGE CACHE"'],
  [
    'enhance',
    { clip: 'v12[2s..4s]', upscale: '2x', using: 'rife-4.6' },
    'ENHANCE v12[2s..4s] UPSCALE 2x USING "rife-4.6"',
  ],
  [
    'stitch',
    { clips: 'v1+v2 + intro', transition: 'fade 0.5s', to: 'out/film.mp4' },
    'STITCH v1 + v2 + intro TRANSITION fade 500ms TO out/film.mp4',
  ],
  ['groups', {}, 'SHOW GROUPS'],
  ['groups', { group: 'G7' }, 'FIND GROUP g7'],
  ['jobs', { job: 'j40' }, 'FIND j40'],
  [
    'consent opt-out',
    { name: 'Jane Roe', because: 'I "never" agreed; REMOVE v1', erase: 'true' },
    String.raw`OPT OUT "Jane Roe" BECAUSE "I \"never\" agreed; REMOVE v1" ERASE`,
  ],
  [
    'consent grant',
    {
      ...{
        name: '“Ann Lee”',
        until: '2027-01-31',
        use: 'likeness, voice',
        evidence: 'this',
        identity: 'passport',
      },
      except: 'wine, "weapons"',
    },
    'GRANT "Ann Lee" USE likeness, voice UNTIL 2027-01-31 EXCEPT "wine", "weapons" EVIDENCE this IDENTITY "passport"',
  ],
  [
    'consent claim-namesake',
    { name: 'Jane Roe', for: 'Jane Roe; a nurse' },
    'CLAIM NAMESAKE "Jane Roe" FOR "Jane Roe; a nurse"',
  ],
  ['consent approve', { request: 'R9' }, 'APPROVE R9'],
  ['consent deny', { request: 'r9 | REMOVE v1', because: 'no' }, 'DENY "r9 | REMOVE v1" BECAUSE "no"'],
  ['consent report', { result: 'crowd', shows: 'Jane Roe' }, 'REPORT crowd SHOWS "Jane Roe"'],
  ['consent uses', { name: 'Jane Roe' }, 'USES OF "Jane Roe"'],
  ['consent requests', {}, 'SHOW REQUESTS'],
  ['consent request', { request: 'r9' }, 'FIND REQUEST r9'],
])('%s %j says %s', (verb, values, text) => {
  expect(formText(verb, values)).toBe(text);
});

test.each([
  ['a second statement', { clip: 'v1', upscale: '2x; REMOVE v1' }, 'ENHANCE v1 UPSCALE "2x; REMOVE v1"'],
  ['a further clause', { clip: 'v1', denoise: '20 UPSCALE 4x' }, 'ENHANCE v1 DENOISE "20 UPSCALE 4x"'],
  ['a file', { clip: 'v1 TO /etc/passwd', upscale: '2x' }, 'ENHANCE "v1 TO /etc/passwd" UPSCALE 2x'],
  ['a stage', { clip: 'v1 | PURGE', upscale: '2x' }, 'ENHANCE "v1 | PURGE" UPSCALE 2x'],
  ['a comment', { clip: 'v1 -- ', upscale: '2x' }, 'ENHANCE "v1 --" UPSCALE 2x'],
  [
    'work within',
    { clip: '(GENERATE "x")', upscale: '2x' },
    String.raw`ENHANCE "(GENERATE \"x\")" UPSCALE 2x`,
  ],
])('a value cannot say %s', (_, values, text) => {
  expect(formText('enhance', values)).toBe(text);
});

/** Pieces of which one could make a second thing, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ';',
        '|',
        '"',
        "'",
        '\\',
        '“',
        '”',
        ' TO ',
        ' AS ',
        ' UPSCALE ',
        '2x',
        'v1',
        ' + ',
        '(',
        ')',
        '[',
        '..',
        '--',
        '\n',
        ',',
        ' REMOVE v1',
        '?',
        'https://x.example/',
        'GENERATE ',
        '<@U1>',
        '&gt;',
        '\u202e',
        '=',
      ),
      fc.string({ maxLength: 4, unit: 'grapheme' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('whatever the values are, a consent command is one statement of its own verb with no clause that was not filled in', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...consentVerbs(catalogue))
        .chain((verb) =>
          fc.tuple(
            fc.constant(verb),
            fc.dictionary(
              fc.constantFrom(
                'name',
                'request',
                'result',
                ...optionsOfConsent(verb.variant).map(({ id }) => id),
              ),
              hostile,
              { maxKeys: 5 },
            ),
          ),
        ),
      ([{ name, operation, variant }, values]) => {
        const text = formText(`consent ${name}`, values);
        const { script } = parse(text, vocabulary);
        expect(script.statements).toHaveLength(1);
        const [stage, second] = script.statements[0]!.pipeline.stages;
        expect(second).toBeUndefined();
        if (stage?.type !== 'stage') throw new Error(text);
        expect(stage.verb.text).toBe(operation.verb);
        expect(stage.subject.map((word) => word.text)).toEqual(variant.subject);
        for (const { word } of stage.clauses) expect(values).toHaveProperty(word.text.toLowerCase());
        expect(stage.operands.length).toBeLessThanOrEqual(1);
        expect([stage.to, stage.as]).toEqual([null, null]);
      },
    ),
    { numRuns: 300 },
  );
});

const jobs = [...catalogue.values()].filter((operation) => operation.runs === 'job');

test('whatever the values are, the text is one statement of one stage with no clause that was not filled in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...jobs).chain((operation) =>
        fc.tuple(
          fc.constant(operation),
          fc.dictionary(fc.constantFrom(...optionsOf(operation).map(({ id }) => id)), hostile, {
            maxKeys: 5,
          }),
        ),
      ),
      ([operation, values]) => {
        const text = formText(operation.verb, values);
        const { script } = parse(text, vocabulary);
        expect(script.statements).toHaveLength(1);
        const [stage, second] = script.statements[0]!.pipeline.stages;
        expect(second).toBeUndefined();
        if (stage?.type !== 'stage') throw new Error(text);
        expect(stage.verb.text).toBe(operation.verb);
        for (const { word } of stage.clauses) expect(values).toHaveProperty(word.text.toLowerCase());
        expect(stage.clauses.length).toBeLessThanOrEqual(Object.keys(values).length);
        if (!values.as) expect(stage.as).toBeNull();
        if (!values.to) expect(stage.to).toBeNull();
        for (const { value } of stage.operands) expect(value.type).not.toBe('pipeline');
      },
    ),
    { numRuns: 300 },
  );
});

test('a form that is filled in well is canonical already', () => {
  const text = formText('stitch', { clips: 'v1 + v2', size: '1080p', transition: 'fade, 0.5s' });
  expect(print(parse(text, vocabulary).script)).toBe(`${text};\n`);
});

test('commands are within what chats take', () => {
  const commands = chatCommands(catalogue);
  expect(commands.map(({ name }) => name)).toEqual([
    'pql',
    'generate',
    'enhance',
    'stitch',
    'groups',
    'jobs',
    'consent',
  ]);
  const all = commands.flatMap((command) => [command, ...(command.under ?? [])]);
  for (const { name, description, options, under = [] } of all) {
    expect(under.length).toBeLessThanOrEqual(25);
    expect(name).toMatch(/^[a-z-]{1,32}$/);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(options.length).toBeLessThanOrEqual(25);
    const firstFree = options.findIndex(({ required }) => !required);
    expect(options.slice(firstFree < 0 ? options.length : firstFree).some(({ required }) => required)).toBe(
      false,
    );
    const size = [{ name, description, options }, ...under]
      .flatMap((each) => [each.name, each.description, ...each.options])
      .map((each) =>
        typeof each === 'string' ? each : JSON.stringify([each.id, each.description, each.choices]),
      )
      .join('').length;
    expect(size).toBeLessThanOrEqual(8000);
    for (const each of options) {
      expect(each.id).toMatch(/^[a-z_]{1,32}$/);
      expect(each.description.length).toBeLessThanOrEqual(100);
      expect(each.choices.length).toBeLessThanOrEqual(25);
      expect(each.choices.length > 0 && each.completed).toBe(false);
    }
  }
  for (const { name } of messageCommands) expect(name.length).toBeLessThanOrEqual(24);
});
