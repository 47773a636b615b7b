import { channelsIn, type ModeratorsChannel } from '../../../engine/consent/channel/moderators-channel.ts';
import type { Queries } from '../../../engine/store/port.ts';
import { type Finding, ok, warn } from './finding.ts';

/** The channels in which moderators are asked, and whether what waits stands there; nothing where there are none. */
export async function lookAtModerators(store: Queries): Promise<Finding[]> {
  const all = [...(await channelsIn(store, 'discord')), ...(await channelsIn(store, 'slack'))];
  return Promise.all(all.map((channel) => lookAtOne(store, channel)));
}

async function lookAtOne(
  store: Queries,
  { of, chat, workspace, channel }: ModeratorsChannel,
): Promise<Finding> {
  const [row] = await store.query<{ open: number; shown: number; why: string | null }>(
    `select count(*)::integer as open, max(why) as why,
            count(*) filter (where posted <> '[]' and why is null)::integer as shown
     from consent_requests request left join cards on request_id = request.id and surface = $2
     where request.workspace = $1 and request.state in ('open', 'escalated')`,
    [of, chat],
  );
  const { open, shown, why } = row as { open: number; shown: number; why: string | null };
  const found = `those of ${of} are asked in channel ${channel} of ${workspace}`;
  if (open === shown) return ok('moderators', found, `${open} open, and all stand there`);
  return warn(
    'moderators',
    found,
    `${open - shown} of ${open} open requests do not stand there${why === null ? '' : `: ${why}`}`,
    'is the bot running? Its log says what it may not do in this channel',
  );
}
