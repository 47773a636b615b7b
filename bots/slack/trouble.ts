import { webApi } from '@slack/bolt';

import { SurfaceError, type Trouble } from '../presenter/surface.ts';

/** What Slack's answer means, as the port says it; whatever else was thrown stays what it is. `first`: nothing of ours stands in the channel yet, so
 * that a channel which is not found is one that we were not let into. */
export function surfaceError(error: unknown, first = false): unknown {
  const trouble = error instanceof SurfaceError ? null : troubleOf(error, first);
  return trouble === null ? error : new SurfaceError(trouble, error);
}

function troubleOf(error: unknown, first: boolean): Trouble | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'later', after: error.retryAfter };
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code, needed } = error.data as { error: string; needed?: string };
    if (code === 'channel_not_found' && first) return { kind: 'forbidden', words: invite };
    if (code === 'missing_scope')
      return {
        kind: 'forbidden',
        words: `do this without the scope ${needed ?? 'for it'}: the app has to be installed anew`,
      };
    return known[code] ?? { kind: 'refused', words: wordsOf(code, error) };
  }
  // No answer, half an answer, a proxy's answer: whatever was sent may have been done.
  const unheard = error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError;
  return unheard || isOfNetwork(error) ? later : null;
}

const invite = 'post in this channel; type /invite to add the app';
const later: Trouble = { kind: 'later', after: null };
const gone: Trouble = { kind: 'gone' };
const forbidden = (words: string): Trouble => ({ kind: 'forbidden', words });

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors and those of the other methods. */
const known: Readonly<Record<string, Trouble>> = {
  channel_not_found: gone,
  is_archived: gone,
  message_not_found: gone,
  thread_not_found: gone,
  not_in_channel: forbidden(invite),
  user_not_in_channel: forbidden(invite),
  restricted_action: forbidden('post in this channel, where only some people may'),
  restricted_action_read_only_channel: forbidden('post in this channel, where only some people may'),
  restricted_action_thread_only_channel: forbidden('post outside of threads in this channel'),
  restricted_action_non_threadable_channel: forbidden('answer in threads in this channel'),
  cant_update_message: forbidden('change this message'),
  cant_delete_message: forbidden('take this message away'),
  cannot_dm_bot: forbidden('write to this member'),
  messages_tab_disabled: forbidden('write to people until the Messages tab of the app is switched on'),
  ekm_access_denied: forbidden('post here: an administrator has suspended it'),
  access_denied: forbidden('do this here'),
  no_permission: forbidden('do this here'),
  file_upload_size_restricted: { kind: 'too large' },
  over_file_size: { kind: 'too large' },
  // The card comes without it.
  file_uploads_disabled: { kind: 'refused', words: 'an administrator has switched files off' },
  file_uploads_except_images_disabled: { kind: 'refused', words: 'an administrator allows pictures only' },
  // The token is not what it was. Whoever runs the bot can mend that, so nothing is given up.
  invalid_auth: { kind: 'later', after: 60 },
  not_authed: { kind: 'later', after: 60 },
  account_inactive: { kind: 'later', after: 60 },
  token_revoked: { kind: 'later', after: 60 },
  token_expired: { kind: 'later', after: 60 },
  ratelimited: later,
  rate_limited: later,
  internal_error: later,
  fatal_error: later,
  service_unavailable: later,
  request_timeout: later,
  team_added_to_org: later,
};

/** What fetch throws for a connection that fails, and for one that takes too long. */
function isOfNetwork(error: unknown): boolean {
  return (
    (error instanceof TypeError && error.cause !== undefined) ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  );
}

function wordsOf(code: string, error: webApi.WebAPIPlatformError): string {
  const details = error.data.response_metadata?.messages ?? [];
  return [code, ...details].join(' ').slice(0, 500);
}

/** The code of Slack's refusal; null for everything else that can go wrong. */
export function refusalOf(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** Whether Slack takes a token no more: the app was taken out of its workspace, or the token taken back. */
export function isDeadToken(error: unknown): boolean {
  return ['token_revoked', 'account_inactive', 'invalid_auth'].includes(refusalOf(error) ?? '');
}
