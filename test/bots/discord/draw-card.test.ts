import { ModalBuilder } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { drawCard } from '../../../bots/discord/draw-card.ts';
import { drawForm } from '../../../bots/discord/draw-form.ts';
import { type CardView, emptyView, type Tone } from '../../../bots/presenter/card-view.ts';
import type { Field } from '../../../bots/presenter/form.ts';
import { clipFacts } from '../../fakes/chat.ts';
import { type Component, everyComponent, kind } from '../../fakes/discord/limits/components.ts';
import { checkMessage } from '../../fakes/discord/limits/message.ts';
import { checkModal } from '../../fakes/discord/limits/modal.ts';
import { renderMarkdown } from '../../fakes/discord/markdown.ts';
import { shown } from '../../fakes/discord/shown.ts';
import type { StoredMessage } from '../../fakes/discord/state.ts';

const empty: CardView = { ...emptyView, title: 'g7' };

const button = (label: string, style: 'primary' | 'secondary' | 'danger' = 'secondary') => ({
  token: `t-${label}`,
  label,
  style,
  url: null,
});

/** As the fake's people would read it. */
function read(view: CardView, ...files: { name: string; plays: boolean }[]): string {
  const { components } = drawCard(view, { files });
  return shown({
    thinking: false,
    content: '',
    onlyFor: null,
    files: [],
    components,
  } as unknown as StoredMessage);
}

const textsOf = (view: CardView) =>
  everyComponent(drawCard(view).components as Component[])
    .filter((each) => each.type === kind.text)
    .map((each) => String(each.content));

describe('a card in Discord', () => {
  test('waits', () => {
    const view: CardView = {
      ...empty,
      tone: 'waiting',
      title: 'g7 · waiting, 2nd in line',
      asked: '812345678901234567',
      pql: 'GENERATE "a lighthouse at dusk" DURATION 4s;',
      lines: ['Two others of this server are before you; yours begins in about 20 s.'],
      buttons: [[button('Cancel', 'danger')]],
    };
    expect(read(view)).toMatchInlineSnapshot(`
      "#99aab5│ ### g7 · waiting, 2nd in line
      #99aab5│ -# asked by <@812345678901234567>
      #99aab5│ \`\`\`
      #99aab5│ GENERATE "a lighthouse at dusk" DURATION 4s;
      #99aab5│ \`\`\`
      #99aab5│ Two others of this server are before you; yours begins in about 20 s.
      #99aab5│ ────
      #99aab5│ [!Cancel]"
    `);
  });

  test('runs', () => {
    const view: CardView = {
      ...empty,
      tone: 'running',
      title: 'g7 · making the film, 1 of 2',
      asked: '812345678901234567',
      pql: 'GENERATE "a lighthouse at dusk" DURATION 4s | ENHANCE UPSCALE 2x;',
      progress: { fraction: 0.42, text: '42%, 31 fps, 8 s left' },
      buttons: [[button('Cancel', 'danger')]],
    };
    expect(read(view)).toMatchInlineSnapshot(`
      "#5865f2│ ### g7 · making the film, 1 of 2
      #5865f2│ -# asked by <@812345678901234567>
      #5865f2│ \`\`\`
      #5865f2│ GENERATE "a lighthouse at dusk" DURATION 4s | ENHANCE UPSCALE 2x;
      #5865f2│ \`\`\`
      #5865f2│ ▰▰▰▰▰▱▱▱▱▱▱▱ 42%, 31 fps, 8 s left
      #5865f2│ ────
      #5865f2│ [!Cancel]"
    `);
  });

  test('has its film', () => {
    const view: CardView = {
      ...empty,
      tone: 'done',
      title: 'g7 · done: v12',
      asked: '812345678901234567',
      pql: 'GENERATE "a lighthouse at dusk" DURATION 4s SEED 7;',
      lines: ['4 s of 1280x720 at 24 fps, 3.1 MB.', 'It took 12 s, 9 of them on the GPU.'],
      buttons: [
        [button('Upscale', 'primary'), button('Re-run'), button('Vary'), button('Stitch with…')],
        [button('Show PQL'), button('Delete', 'danger')],
      ],
      footnote: 'Say v12 to go on with it.',
    };
    expect(read(view, { name: 'g7-v12.mp4', plays: true })).toMatchInlineSnapshot(`
      "#57f287│ ### g7 · done\\: v12
      #57f287│ -# asked by <@812345678901234567>
      #57f287│ \`\`\`
      #57f287│ GENERATE "a lighthouse at dusk" DURATION 4s SEED 7;
      #57f287│ \`\`\`
      #57f287│ 4 s of 1280x720 at 24 fps, 3.1 MB.
      #57f287│ It took 12 s, 9 of them on the GPU.
      #57f287│ ▣ g7-v12.mp4 “GENERATE "a lighthouse at dusk" DURATION 4s SEED 7;”
      #57f287│ -# Say v12 to go on with it.
      #57f287│ ────
      #57f287│ [*Upscale] [Re-run] [Vary] [Stitch with…]
      #57f287│ [Show PQL] [!Delete]"
    `);
  });

  test('links to what does not fit', () => {
    const facts = { kind: 'video' } as NonNullable<CardView['media']>['facts'];
    const media = { id: 'v12', hash: 'ab', kind: 'video', name: 'g7.mp4', bytes: 3e7, facts } as const;
    const link = 'https://films.example/films/x';
    const view: CardView = {
      ...empty,
      tone: 'done',
      title: 'g7 · done',
      lines: ['a preview of 640x360; the whole of v12 has 30 MB'],
      media: { ...media, preview: { hash: 'cd', bytes: 9e6 }, link },
      buttons: [[button('Re-run')]],
    };
    expect(read(view, { name: 'g7-preview.mp4', plays: true })).toMatchInlineSnapshot(`
      "#57f287│ ### g7 · done
      #57f287│ a preview of 640x360; the whole of v12 has 30 MB
      #57f287│ ▣ g7-preview.mp4 “g7 · done”
      #57f287│ ────
      #57f287│ [Re-run]
      #57f287│ [↗Open all of it]"
    `);
  });

  test('refuses with a caret in a code block', () => {
    const view: CardView = {
      ...empty,
      tone: 'refused',
      title: 'This cannot be done',
      block:
        'PQL204  a factor needs its unit\n   1 | ENHANCE intro UPSCALE 4\n     |                       ^ found the number 4\n     = fix: 4x',
    };
    expect(read(view)).toMatchInlineSnapshot(`
      "#fee75c│ ### This cannot be done
      #fee75c│ \`\`\`
      #fee75c│ PQL204  a factor needs its unit
      #fee75c│    1 | ENHANCE intro UPSCALE 4
      #fee75c│      |                       ^ found the number 4
      #fee75c│      = fix: 4x
      #fee75c│ \`\`\`"
    `);
  });
});

const tricky = fc.constantFrom(
  '@everyone',
  '@here',
  '<@812345678901234567>',
  '<@&812345678901234567>',
  '<#812345678901234567>',
  '</pql:812345678901234567>',
  '<:smile:812345678901234567>',
  '<t:0:R>',
  '[bank](https://evil.example)',
  '<https://evil.example>',
  'https://evil.example/a_b',
  '```',
  '``',
  '`',
  '\n',
  '\\',
  '**',
  '__',
  '~~',
  '||',
  '# ',
  '-# ',
  '> ',
  '>>> ',
  '- ',
  '1. ',
  '\u202e',
  '\u200b',
  '\u2066',
  '\u0000',
  'a',
  ' ',
  '雾',
  '👩‍👩‍👧',
  'שלום',
);
const hostile = fc.array(tricky, { maxLength: 30 }).map((parts) => parts.join(''));
const wild = fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 200 }));

/** A text as it should be read: without what no text may hold, and with every space the same. */
const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

test('shows any text as it is: nothing in it is a mention, a link, a heading or a spoiler', () => {
  fc.assert(
    fc.property(wild, (text) => {
      const [drawn = ''] = textsOf({ ...empty, title: 'x', lines: [text], footnote: null }).slice(1);
      const { text: seen, marks, styles, blocks } = renderMarkdown(drawn);
      expect({ marks, styles, blocks }).toEqual({ marks: [], styles: [], blocks: [] });
      if (text.length <= 290) expect(plain(seen)).toBe(plain(text));
    }),
    { numRuns: 500 },
  );
});

test('ends a code block only where it ends', () => {
  fc.assert(
    fc.property(wild, wild, (pql, block) => {
      const drawn = textsOf({ ...empty, pql: `x${pql}`, block: `x${block}` }).join('\n');
      const { marks, blocks } = renderMarkdown(drawn);
      expect(marks).toEqual([]);
      expect(blocks).toHaveLength(2);
    }),
    { numRuns: 500 },
  );
});

const tones: Tone[] = ['waiting', 'running', 'done', 'failed', 'refused', 'plain'];
const long = (most: number) =>
  fc.oneof(hostile, fc.constant('`'.repeat(most)), fc.constant('<@1>\n'.repeat(most / 5)));

test('keeps to the limits of Discord, however much there is to say', () => {
  fc.assert(
    fc.property(
      fc.record<CardView>({
        tone: fc.constantFrom(...tones),
        title: long(200),
        asked: fc.option(fc.constant('812345678901234567')),
        pql: fc.option(long(5000)),
        lines: fc.array(long(600), { maxLength: 30 }),
        record: fc.array(
          fc.array(
            fc.oneof(
              long(300),
              fc.constantFrom(
                { user: 'discord:812345678901234567' },
                { user: 'public page' },
                { at: new Date(0) },
              ),
            ),
            { maxLength: 5 },
          ),
          { maxLength: 12 },
        ),
        progress: fc.option(
          fc.record({ fraction: fc.double({ min: -1, max: 2, noNaN: true }), text: long(400) }),
        ),
        block: fc.option(long(6000)),
        media: fc.constant(null),
        buttons: fc.constant(
          Array.from({ length: 5 }, (_, row) =>
            Array.from({ length: 5 }, (_, at) => ({ ...button('Go'.repeat(20)), token: `t${row}${at}` })),
          ),
        ),
        footnote: fc.option(long(400)),
      }),
      (view) => {
        const drawn = drawCard(view, { mark: 2 ** 30, files: [{ name: 'a.mp4', plays: true }] });
        checkMessage(drawn as unknown as Parameters<typeof checkMessage>[0], {
          attached: new Set(['a.mp4']),
        });
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  [10, 0],
  [7, 3],
  [0, 3],
])('shows %i films and %i sounds of many in their order, with links to the others and the buttons', (films, sounds) => {
  const files = Array.from({ length: films + sounds }, (_, at) => ({
    name: `r${at}.mp4`,
    plays: at < films,
  }));
  const [media, ...more] = Array.from({ length: 25 }, (_, at) => ({
    ...{ id: `v${at}`, hash: 'ab', kind: 'video' as const, name: `v${at}.mp4`, bytes: 42e6, preview: null },
    ...{ facts: clipFacts, link: at < 8 ? null : `https://films.example.org/films/${at}` },
  }));
  const row = ['Vary', 'Re-run', 'Show PQL', 'Delete'].map((label) => button(label));
  const view = {
    ...emptyView,
    title: 'g7 · done',
    lines: ['made'],
    media: media!,
    more,
    buttons: [row],
    footnote: 'Say v0',
  };
  const drawn = drawCard(view, { mark: 7, files });
  checkMessage(drawn as unknown as Parameters<typeof checkMessage>[0], {
    attached: new Set(files.map(({ name }) => name)),
  });
  const parts = everyComponent(drawn.components as unknown as Parameters<typeof everyComponent>[0]);
  const urls = JSON.stringify(parts).match(/attachment:\/\/r\d+/g) ?? [];
  expect([...new Set(urls)]).toEqual(files.map((_, at) => `attachment://r${at}`));
  const labels = parts.flatMap(({ label }) => label ?? []);
  expect(labels.slice(0, 5)).toEqual(['Vary', 'Re-run', 'Show PQL', 'Delete', 'v8, 42.0 MB']);
});

test('draws a form with what is required first, within the limits of a modal', () => {
  const field = (id: string, more: Partial<Field> = {}): Field => ({
    id,
    label: `The ${id} of it`,
    help: 'what it is for',
    type: 'line',
    required: false,
    choices: [],
    value: null,
    maxLength: 9000,
    ...more,
  });
  const choices = Array.from({ length: 30 }, (_, at) => ({ name: `clip ${at}`, value: `v${at}` }));
  const fields = [
    field('a', { type: 'switch' }),
    field('b'),
    field('c', { type: 'choice', choices, value: 'v3' }),
    field('d', { type: 'paragraph', value: 'x'.repeat(5000) }),
    field('e', { label: 'l'.repeat(80), help: 'h'.repeat(200) }),
    field('f', { required: true }),
  ];
  const form = { token: 'f123', title: 't'.repeat(80), text: 'Which one?', fields, submit: 'Go' };
  const drawn = drawForm(form);
  checkModal(drawn as unknown as Record<string, unknown>);
  const labels = drawn.components as { component?: { custom_id: string } }[];
  expect(labels.map((each) => each.component?.custom_id)).toEqual([undefined, 'a', 'c', 'd', 'f']);
  const drawnIds = (more: object) => {
    const modal = drawForm({ ...form, ...more });
    checkModal(modal as unknown as Record<string, unknown>);
    return (modal.components as typeof labels).map((each) => each.component?.custom_id);
  };
  expect(drawnIds({ fields: fields.slice(0, 2) })).toEqual([undefined, 'a', 'b']);
  expect(drawnIds({ text: null })).toEqual(['a', 'b', 'c', 'd', 'f']);
  const all = ['1', '2', '3', '4', '5'].map((id) => field(id, { required: true }));
  expect(drawnIds({ fields: [...fields, ...all] })).toEqual(['f', '1', '2', '3', '4']);
});

test('draws a place for files, as many as may be meant, within the limits of a modal', () => {
  const file = { label: 'l', help: 'h', type: 'file', choices: [], value: null, maxLength: 100 } as const;
  const fields: Field[] = [
    { ...file, id: 'evidence', required: true },
    { ...file, id: 'file', required: false, files: 10 },
  ];
  const drawn = drawForm({ token: 'f1', title: 't', text: null, fields, submit: 'Go' });
  checkModal(drawn as unknown as Record<string, unknown>);
  expect((drawn.components as { component?: object }[]).map(({ component }) => component)).toEqual([
    { type: 19, custom_id: 'evidence', required: true, min_values: 1, max_values: 1 },
    { type: 19, custom_id: 'file', required: false, min_values: 0, max_values: 10 },
  ]);
  // discord.js finds nothing wrong with it either.
  expect(new ModalBuilder(drawn).toJSON()).toEqual(drawn);
});
