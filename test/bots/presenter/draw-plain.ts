import type { CardView, Told } from '../../../bots/presenter/card-view.ts';

/** A card as plain text, for snapshots that are read as prose. */
export function drawPlain(view: CardView): string {
  const { tone, title, asked, pql, lines, record, progress, block, media, buttons, footnote } = view;
  const fenced = (text: string) => ['```', text, '```'];
  return [
    `[${tone}] ${title}`,
    ...(asked === null ? [] : [`asked by ${asked}`]),
    ...(pql === null ? [] : fenced(pql)),
    ...(progress === null ? [] : [`${bar(progress.fraction)} ${progress.text}`]),
    ...lines,
    ...record.map((line) => line.map(told).join('')),
    ...(block === null ? [] : fenced(block)),
    ...(media === null ? [] : [`<${media.kind} ${media.name}>`]),
    ...buttons.map((row) =>
      row.map(({ label, style }) => `( ${label}${style === 'secondary' ? '' : ` ·${style}`} )`).join(' '),
    ),
    ...(footnote === null ? [] : [`~ ${footnote}`]),
  ].join('\n');
}

function told(each: Told): string {
  if (typeof each === 'string') return each;
  return 'user' in each ? `@${each.user}` : `<${each.at.toISOString().slice(0, 16)}>`;
}

function bar(fraction: number): string {
  const filled = Math.floor(fraction * 20);
  return '#'.repeat(filled) + '.'.repeat(20 - filled);
}
