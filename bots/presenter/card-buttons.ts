import type { Script } from '../../dsl/ast.ts';
import { stagesOf } from '../../dsl/bound-names.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { NewButton } from '../../engine/cards/buttons.ts';
import type { Card } from '../card.ts';
import type { CardButton, CardMedia } from './card-view.ts';
import { actingToken, formToken } from './token.ts';
import type { PresenterTools } from './tools.ts';

/** What the buttons of a card do. */
export type CardAction = 'cancel' | 'rerun' | 'claim' | 'vary' | 'upscale' | 'stitch' | 'pql' | 'delete';

interface Drawn {
  label: string;
  style: CardButton['style'];
}

const drawn: Readonly<Record<CardAction, Drawn>> = {
  cancel: { label: 'Cancel', style: 'danger' },
  rerun: { label: 'Re-run', style: 'secondary' },
  claim: { label: 'Claim a namesake', style: 'secondary' },
  vary: { label: 'Vary', style: 'secondary' },
  upscale: { label: 'Upscale 2x', style: 'primary' },
  stitch: { label: 'Stitch with…', style: 'secondary' },
  pql: { label: 'Show PQL', style: 'secondary' },
  delete: { label: 'Delete', style: 'danger' },
};

/** The buttons that a card will ever have, made with it: drawn anew it shows the same. */
export function newButtons(
  card: number,
  of: Pick<NewButton, 'surface' | 'workspace' | 'owner'>,
  script: Script,
  tools: Pick<PresenterTools, 'random' | 'catalogue'>,
): NewButton[] {
  const actions: CardAction[] = ['cancel', 'rerun', 'claim', 'upscale', 'stitch', 'pql', 'delete'];
  if (canVary(script, tools.catalogue)) actions.push('vary');
  return actions.map((action) => ({
    ...of,
    card,
    action,
    arguments: {},
    token: action === 'stitch' || action === 'claim' ? formToken(tools) : actingToken(tools),
  }));
}

/** Those that go with what a run is doing; `several`: whether `media` is the first of several. */
export function buttonRows(
  { state, jobs }: Pick<Card, 'state' | 'jobs'>,
  media: CardMedia | null,
  tokens: ReadonlyMap<string, string>,
  several = false,
): CardButton[][] {
  const claims = jobs.some((job) => job.state === 'failed' && mayMeanAnother(job.problem?.code));
  return rowsFor(state, { media, several, claims })
    .map((row) =>
      row.flatMap((action) => {
        const token = tokens.get(action);
        if (token === undefined) return [];
        const again = action === 'rerun' && state !== 'done';
        const { label, style } = again ? ({ label: 'Try again', style: 'primary' } as const) : drawn[action];
        return [{ token, label, style, url: null }];
      }),
    )
    .filter((row) => row.length > 0);
}

/** What is done with one film has no button where there are several: which one it would be nobody could see. */
function rowsFor(
  state: Card['state'],
  { media, several, claims }: { media: CardMedia | null; several: boolean; claims: boolean },
): CardAction[][] {
  if (state === null || state === 'running') return [['cancel', 'pql']];
  // What a run made before it stopped is shown, so it can be taken away.
  const remove: CardAction[] = media === null ? [] : ['delete'];
  if (state !== 'done') return [[...(claims ? (['claim'] as const) : []), 'rerun', 'pql', ...remove]];
  if (several) return [['vary', 'rerun', 'pql', 'delete']];
  if (media?.kind === 'video')
    return [
      ['upscale', 'vary', 'stitch', 'rerun'],
      ['pql', 'delete'],
    ];
  return [['rerun', 'pql', ...remove]];
}

/** Whether a job was refused for a name that somebody else may have as well. Where a moderator is asked already (PQL544) there is nothing to claim. */
function mayMeanAnother(code: string | undefined): boolean {
  return ['PQL540', 'PQL541', 'PQL543', 'PQL545', 'PQL547'].includes(code ?? '');
}

function canVary(script: Script, catalogue: Catalogue): boolean {
  return script.statements.some(({ pipeline }) =>
    stagesOf(pipeline).some(({ verb }) => {
      const operation = catalogue.get(verb.text.toUpperCase());
      return operation?.runs === 'job' && 'SEED' in operation.clauses;
    }),
  );
}
