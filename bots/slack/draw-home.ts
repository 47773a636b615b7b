import type { types } from '@slack/bolt';

import type { CardView } from '../presenter/card-view.ts';
import { code, type MessageBlock, paragraph, plain, words } from './blocks.ts';
import { drawCard } from './draw-card.ts';

/** How many cards a home page shows. */
export const homeCards = 8;

/** What somebody sees who opens the app: what they have at work and lately had, and how to begin. */
export function drawHome(cards: readonly CardView[]): types.HomeView {
  const blocks: MessageBlock[] = [{ type: 'header', text: plain('Your films') }];
  if (cards.length === 0)
    blocks.push({
      type: 'rich_text',
      elements: [paragraph(words('Nothing yet. In any channel, type:')), ...example],
    });
  for (const [index, card] of cards.slice(0, homeCards).entries()) {
    const drawn = drawCard({ ...card, asked: null, lines: card.lines.slice(0, 4) }, null, `${index}-`);
    blocks.push(...(index === 0 ? [] : [{ type: 'divider' } as const]), ...drawn.blocks);
  }
  if (cards.length > 0)
    blocks.push(
      { type: 'divider' },
      {
        type: 'rich_text',
        elements: [paragraph(words('To ask for another, type in any channel:')), ...example],
      },
    );
  return { type: 'home', blocks: blocks.slice(0, 100) };
}

const example = [
  code('/pql GENERATE "a lighthouse at dusk" DURATION 6s'),
  paragraph(
    words('/pql', { code: true }),
    words(' alone opens a window; '),
    words('/pql HELP', { code: true }),
    words(' says what there is.'),
  ),
];
