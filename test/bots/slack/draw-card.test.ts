import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { CardView } from '../../../bots/presenter/card-view.ts';
import { drawCard } from '../../../bots/slack/draw-card.ts';
import { drawHome } from '../../../bots/slack/draw-home.ts';
import { view } from '../../contracts/surface.ts';
import { checkBlocks, tooLong } from '../../fakes/slack/check-blocks.ts';
import { checkView } from '../../fakes/slack/check-view.ts';
import { look } from '../../fakes/slack/seen.ts';

/** A card as somebody sees it, with its buttons below. */
function asSeen(card: CardView, who: string | null = 'Ada'): string {
  const { text, buttons } = look(drawCard(card, who));
  const below = buttons.map(
    ({ label, style, url }) => `[${label}${style ? `, ${style}` : ''}${url ? ` → ${url}` : ''}]`,
  );
  return [text, below.join(' ')].filter((line) => line !== '').join('\n');
}

const button = (label: string, style: 'primary' | 'secondary' | 'danger' = 'secondary') => ({
  ...{ token: `p${label}`, label, style, url: null },
});

const cards: Record<string, CardView> = {
  waiting: view({ asked: 'U1' }),
  running: view({
    ...{ tone: 'running', title: 'g7 · running, 1 of 3 jobs done', asked: 'U1' },
    lines: ['ENHANCE: 31 fps, 8 s left', 'then STITCH'],
    progress: { fraction: 0.42, text: '42%' },
  }),
  done: view({
    ...{ tone: 'done', title: 'g7 · done in 12.5 s', asked: 'U1' },
    lines: ['v12: 6 s, 1920x1080, 24 fps, 4.2 MB', '2 jobs ran, 1 was recalled'],
    buttons: [
      [button('Re-run'), button('Vary'), button('Upscale', 'primary'), button('Stitch with…')],
      [button('Show PQL'), button('Delete', 'danger')],
    ],
    footnote: 'GENERATE drew fog; it knows no whales.',
  }),
  'larger than Slack takes': view({
    ...{ tone: 'done', title: 'g7 · done', asked: null },
    media: {
      ...{ id: 'v12', hash: 'a'.repeat(64), kind: 'video', name: 'g7.mp4', bytes: 2_000_000_000 },
      facts: {} as never,
      preview: { hash: 'b'.repeat(64), bytes: 9_000_000 },
      link: 'https://films.example/films/abc',
    },
  }),
  refused: view({
    ...{ tone: 'refused', title: 'PQL204 a factor needs its unit', pql: null, lines: [], buttons: [] },
    block:
      '   1 | ENHANCE intro UPSCALE 4\n     |                       ^ found the number 4\n     = fix: 4x',
  }),
  'right to left, and emoji': view({
    asked: 'U1',
    pql: 'GENERATE "منارة عند الغروب 🌅"',
    lines: ['👩‍🚀 שלום'],
  }),
};

describe('a card in Slack', () => {
  test.each(Object.entries(cards))('%s', (_, card) => {
    expect(asSeen(card)).toMatchSnapshot();
  });

  test('is what Slack takes, whatever stands on it', () => {
    const line = (most: number) => fc.string({ unit: 'grapheme', maxLength: most });
    const any = fc.record({
      tone: fc.constantFrom('waiting', 'running', 'done', 'failed', 'refused', 'plain'),
      title: line(100),
      asked: fc.option(fc.constant('U1')),
      pql: fc.option(line(1000)),
      lines: fc.array(line(300), { maxLength: 12 }),
      record: fc.array(
        fc.array(
          fc.oneof(
            line(300),
            fc.constantFrom({ user: 'slack:U1' }, { user: 'public page' }, { at: new Date(0) }),
          ),
          { maxLength: 5 },
        ),
        { maxLength: 12 },
      ),
      progress: fc.option(fc.record({ fraction: fc.double({ noNaN: true }), text: line(60) })),
      block: fc.option(line(2400)),
      media: fc.constant(null),
      buttons: fc.array(
        fc.array(
          fc.record({
            ...{
              token: fc.string({ minLength: 1, maxLength: 40 }),
              label: fc.string({ minLength: 1, maxLength: 25 }),
            },
            ...{ style: fc.constantFrom('primary', 'secondary', 'danger'), url: fc.constant(null) },
          }),
          { maxLength: 5 },
        ),
        { maxLength: 5 },
      ),
      footnote: fc.option(line(200)),
    });
    fc.assert(
      fc.property(any, (card) => {
        const { blocks, text } = drawCard(card as CardView, 'Ada');
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(tooLong(blocks)).toBe(false);
        expect(text.length).toBeLessThan(1000);
      }),
      { numRuns: 100 },
    );
  });

  test('shows the longest there may be', () => {
    const long = '火'.repeat(300);
    const buttons = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, (_, nth) => ({
        ...{
          token: `${row}${nth}`.padEnd(40, 'x'),
          label: 'y'.repeat(25),
          style: 'primary' as const,
          url: null,
        },
      })),
    );
    const { blocks } = drawCard(
      view({
        title: 't'.repeat(100),
        pql: long.repeat(3),
        lines: Array(12).fill(long),
        block: long.repeat(8),
        buttons,
      }),
      'Ada',
    );
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    expect(tooLong(blocks)).toBe(false);
    expect(look({ text: '', blocks }).buttons).toHaveLength(25);
  });

  test('lets nothing in a text ping, link or end a code block', () => {
    const piece = fc.constantFrom(
      ...[
        '<!channel>',
        '<@U1>',
        '<!subteam^S1>',
        '<https://a.example|b>',
        '```',
        '`',
        '&lt;',
        '*',
        '\n',
        'x',
        '<',
        '>',
        '|',
      ],
    );
    const hostile = fc.array(piece, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, pql, line) => {
        const drawn = drawCard(view({ title, pql, lines: [line], block: pql, footnote: line }), line);
        const seen = look(drawn);
        expect(seen.pings).toEqual([]);
        expect(seen.links).toEqual([]);
        expect(seen.code).toEqual([pql, pql]);
        expect(look({ text: drawn.text, blocks: [] })).toMatchObject({ pings: [], links: [] });
      }),
    );
  });
});

test('links to each of several results by its id, and to as many as a card has in one message', () => {
  const linked = (at: number) => ({
    ...{ id: `v${at}`, hash: 'a'.repeat(64), kind: 'video' as const, name: `v${at}.mp4`, bytes: 42e6 },
    ...{ facts: {} as never, preview: null, link: `https://films.example/films/${'k'.repeat(43)}${at}` },
  });
  const [media, ...more] = Array.from({ length: 25 }, (_, at) => linked(at));
  const drawn = drawCard(view({ media: media!, more, lines: Array(12).fill('x'.repeat(300)) }), 'Ada');
  expect(checkBlocks(drawn.blocks as never, 'message')).toEqual([]);
  expect(tooLong(drawn.blocks as never)).toBe(false);
  const seen = look(drawn);
  expect(seen.links).toHaveLength(25);
  expect(seen.text).toContain('Open film v0 (42.0 MB)');
});

test('draws a home page for nobody, somebody and everybody', () => {
  for (const many of [[], [cards.running!], Array<CardView>(20).fill(cards.done!)])
    expect(checkView(drawHome(many), 'home')).toEqual([]);
  const home = drawHome([cards.running!]);
  expect(look({ text: '', blocks: home.blocks }).text).toMatchSnapshot();
});
