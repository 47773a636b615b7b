import type { NewRequestButton } from '../../engine/consent/channel/request-cards.ts';
import type { ConsentRequest } from '../../engine/consent/requests/states.ts';
import type { CardButton } from './card-view.ts';
import type { Form } from './form.ts';
import { actingToken, formToken } from './token.ts';
import type { PresenterTools } from './tools.ts';

/** What the buttons of a request's card do. */
export type RequestAction = 'approve' | 'deny' | 'escalate' | 'evidence' | 'picture';

const drawn: Readonly<Record<RequestAction, Pick<CardButton, 'label' | 'style'>>> = {
  approve: { label: 'Approve', style: 'primary' },
  deny: { label: 'Deny…', style: 'danger' },
  escalate: { label: 'Escalate', style: 'secondary' },
  evidence: { label: 'Read the evidence', style: 'secondary' },
  picture: { label: 'Show the picture', style: 'secondary' },
};

/** The buttons that a request's card will ever have, made with it. */
export function newRequestButtons(tools: Pick<PresenterTools, 'random'>): NewRequestButton[] {
  return (Object.keys(drawn) as RequestAction[]).map((action) => ({
    action,
    token: action === 'deny' ? formToken(tools) : actingToken(tools),
  }));
}

/** Those that mean something as the request stands; none once it is over. */
export function requestButtonRows(
  { state, details }: ConsentRequest,
  tokens: ReadonlyMap<string, string>,
  links: boolean,
): CardButton[][] {
  if (state !== 'open' && state !== 'escalated') return [];
  const actions: RequestAction[] = [
    'approve',
    'deny',
    ...(state === 'open' ? (['escalate'] as const) : []),
    ...(links && details.evidence !== undefined ? (['evidence'] as const) : []),
    ...(links && details.picture !== undefined ? (['picture'] as const) : []),
  ];
  const row = actions.flatMap((action) => {
    const token = tokens.get(action);
    return token === undefined ? [] : [{ token, ...drawn[action], url: null }];
  });
  return row.length === 0 ? [] : [row];
}

/** Why a request is denied: whoever asked has a right to it. */
export function denialForm(token: string, id: string): Form {
  return {
    token,
    title: `Deny ${id}`,
    text: null,
    fields: [
      {
        id: 'because',
        label: 'Why?',
        help: 'whoever asked reads it, and may appeal',
        type: 'paragraph',
        required: true,
        choices: [],
        value: null,
        maxLength: 1000,
      },
    ],
    submit: 'Deny',
  };
}
