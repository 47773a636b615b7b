import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import { createComplete } from '../../dsl/complete.ts';
import { explainText } from '../../dsl/explain.ts';
import { references } from '../../dsl/references.ts';
import { sampleWorld } from '../fakes/world.ts';
import { compiled } from './compiling.ts';

const world = sampleWorld();
const complete = createComplete(catalogue);

/** Words, amounts and marks of the language in any order: most of it nonsense, some of it nearly right. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...catalogue.keys(), 'EXPLAIN', 'TO', 'AS', 'OVERWRITE', 'NOTIFY', 'CAST'),
      fc.constantFrom(
        'FROM videos',
        'FROM GROUP g7',
        'FROM SHOTS OF v1',
        'WHERE',
        'duration > 2s',
        'AND',
        'OR NOT',
        'sound',
        'ORDER BY',
        'LIMIT',
        'MAP (',
        'REDUCE',
        'REDUCE BY width',
        'AT MOST 2',
        '<',
        'START MAPREDUCE',
      ),
      fc.constantFrom(
        'UPSCALE',
        'DENOISE',
        'USING',
        'DURATION',
        'SIZE',
        'FPS',
        'CAMERA',
        'COLOR',
        'TRANSITION',
        'FROM',
        'UNTIL',
        'LUT',
      ),
      fc.constantFrom(
        'v1',
        'v3',
        'hd',
        'intro',
        'i1',
        'g7',
        'nobody',
        '_',
        'x',
        'y',
        'fade',
        'fog',
        'storyboard',
        'lens',
        'move',
        'pan',
      ),
      fc.constantFrom(
        '2x',
        '4s',
        '0s',
        '-1s',
        '1e308s',
        '24fps',
        '60',
        '1080p',
        '640x360',
        '35mm',
        '5600K',
        '40%',
        '1/48s',
        'f/2.8',
        '+0.3',
      ),
      fc.constantFrom(
        '"fog"',
        '""',
        '"clips/run.mp4"',
        'out/a.mp4',
        '../x.mp4',
        '"film.cube"',
        'https://example.org/x',
        '"',
      ),
      fc.constantFrom(
        ';',
        '|',
        '+',
        '(',
        ')',
        '[',
        ']',
        '..',
        ',',
        '?',
        '=',
        '--',
        '\n',
        '[2s..6s]',
        '[6s..2s]',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(' '));

/** Statements that are right as far as single words go, with names that may or may not be there. */
const plausible = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'GENERATE "fog"',
        'ENHANCE a UPSCALE 2x',
        'STITCH a + b[1s..2s]',
        'TRIM b[1s..2s]',
        'GRADE v1 CONTRAST 5%',
        'STITCH (GENERATE "x") + v1',
        'PROBE a',
        'SHOW JOBS',
        'EXPLAIN TRIM v3[1s..2s]',
        'FROM videos WHERE width = 1280 | MAP ( GRADE LOOK noir ) AT MOST 2 | REDUCE STITCH',
        'FROM SHOTS OF v1 WHERE motion > 2 | MAP ( GRADE LOOK noir ) | REDUCE STITCH',
        'FROM v1 + a | REDUCE STITCH',
      ),
      fc.constantFrom(
        '',
        ' AS a',
        ' AS b',
        ' TO out/f.mp4',
        ' | ENHANCE UPSCALE 2x AS c',
        ' NOTIFY https://example.org/n',
      ),
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map((parts) => parts.join('')).join(';\n'));

test('compiling never throws, and every span and fix lies in the text', () => {
  fc.assert(
    fc.property(fc.oneof(soup, plausible, fc.string({ unit: 'binary', maxLength: 60 })), (source) => {
      const { diagnostics, plan } = compiled(source, world);
      for (const { span, fix, message, code } of diagnostics) {
        expect(code).toMatch(/^PQL[1-6]\d\d$/);
        expect(message).not.toMatch(/undefined|\[object|NaN/);
        for (const each of [span, ...(fix ? [fix.span] : [])]) {
          expect(each.start).toBeGreaterThanOrEqual(0);
          expect(each.start).toBeLessThanOrEqual(each.end);
          expect(each.end).toBeLessThanOrEqual(source.length);
        }
      }
      if (diagnostics.length > 0) expect(plan).toBeNull();
    }),
    { numRuns: 600 },
  );
});

test('a plan is the same each time, in topological order, and nothing but JSON', () => {
  fc.assert(
    fc.property(plausible, (source) => {
      const { plan } = compiled(source, world);
      expect(compiled(source, world).plan).toEqual(plan);
      if (plan === null) return;
      const seen = new Set<string>();
      for (const step of plan.steps) {
        expect(seen.has(step.id)).toBe(false);
        for (const input of step.inputs)
          if (input.from !== 'artifact') expect(seen.has(input.step)).toBe(true);
        seen.add(step.id);
      }
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      expect(explainText(plan).split('\n').length).toBeGreaterThan(1);
    }),
    { numRuns: 400 },
  );
});

test('a plan comes from its own canonical source as well', () => {
  fc.assert(
    fc.property(plausible, (source) => {
      const { plan } = compiled(source, world);
      if (plan !== null) expect(compiled(plan.source, world).plan).toEqual(plan);
    }),
    { numRuns: 300 },
  );
});

test('references and completion never throw, and what is completed lies in the text', () => {
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ maxLength: 40 })), fc.nat(120), (source, offset) => {
      const { script } = compiled(source, world);
      for (const names of Object.values(references(script, catalogue)))
        expect(new Set(names).size).toBe(names.length);
      const { from, to, items } = complete(source, offset, world);
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(source.length);
      expect(from).toBeGreaterThanOrEqual(0);
      for (const { text } of items) expect(text.length).toBeGreaterThan(0);
    }),
    { numRuns: 600 },
  );
});
