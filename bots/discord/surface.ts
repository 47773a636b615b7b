import { type APIMessage, type REST, Routes } from 'discord.js';

import type { Place } from '../presenter/ask.ts';
import type { CardView } from '../presenter/card-view.ts';
import type { OutgoingFile, Posted, Surface } from '../presenter/surface.ts';
import { lookAtChannel } from './channel-seen.ts';
import { drawCard } from './draw-card.ts';
import { carries, markOf } from './mark.ts';
import { createMarks } from './marks.ts';
import { within } from './open-rest.ts';
import type { Living, Tokens } from './tokens.ts';
import { code, isCode, troubled } from './trouble.ts';
import { fileName, multipart } from './upload.ts';

export interface DiscordSurface extends Surface {
  /** Told of a card that an interaction's answer put there. */
  seen(posted: Posted, key: string): void;
  /** Posts what was never posted before: as `post`, without looking whether it is there, which costs a hundred messages. */
  say(place: Place, view: CardView, key: string): Promise<Posted>;
}

/** Discord as the presenter and the outbox know it. A card is changed by its interaction's token while that lives, since each has a bucket of
 * its own and needs no permission, and as the bot in the channel afterwards. Every change is one request that may be made twice. */
export function openSurface(rest: REST, application: string, tokens: Tokens): DiscordSurface {
  const marks = createMarks();

  const change = async (
    posted: Posted,
    body: object | FormData,
    signal: AbortSignal,
    living: Living | null,
  ) => {
    const more = body instanceof FormData ? { body, passThroughBody: true, signal } : { body, signal };
    if (living !== null) {
      const route = Routes.webhookMessage(application, living.token, posted.message);
      try {
        return void (await rest.patch(route, { ...more, auth: false }));
      } catch (error) {
        // It died on the way, or never could: the bot itself may still.
        if (!isCode(error, code.badToken, code.unknownWebhook, code.unknownMessage)) throw error;
      }
    }
    await rest.patch(Routes.channelMessage(posted.channel, posted.message), more);
  };

  const find: Surface['find'] = async (place, key, signal) => {
    const mark = markOf(key);
    let before: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const query = new URLSearchParams({ limit: '100', ...(before === undefined ? {} : { before }) });
      const messages = (await rest.get(Routes.channelMessages(place.channel), {
        query,
        signal: within(signal),
      })) as APIMessage[];
      const found = messages.find((message) => message.author.id === application && carries(message, mark));
      if (found) return { channel: place.channel, thread: null, message: found.id };
      if (messages.length < 100) return null;
      before = messages.at(-1)!.id;
    }
    return null;
  };

  const post = async (channel: string, body: object, signal: AbortSignal | undefined): Promise<Posted> => {
    const { id } = (await rest.post(Routes.channelMessages(channel), {
      body,
      signal: within(signal),
    })) as APIMessage;
    return { channel, thread: null, message: id };
  };

  /** Once for a few minutes, by the nonce: a client that loses the answer sends it again. */
  const say = async (channel: string, view: CardView, key: string, signal?: AbortSignal): Promise<Posted> => {
    const mark = markOf(key);
    const posted = await post(
      channel,
      { ...drawCard(view, { mark }), nonce: key, enforce_nonce: true },
      signal,
    );
    marks.set(posted.message, mark);
    return posted;
  };

  return {
    chat: 'discord',
    seen: (posted, key) => marks.set(posted.message, markOf(key)),
    find: (place, key, signal) => told(find(place, key, signal), 'read the messages of this channel', signal),

    say: (place, view, key) => told(say(place.channel, view, key), maySend, undefined),

    post(place, view, key, signal) {
      // Without the right to read what stands there, the nonce alone keeps it from being said twice.
      const there = find(place, key, signal).catch((error) => {
        if (isCode(error, code.noAccess, code.noPermission)) return null;
        throw error;
      });
      const posted = there.then((known) => {
        if (known === null) return say(place.channel, view, key, signal);
        marks.set(known.message, markOf(key));
        return known;
      });
      return told(posted, maySend, signal);
    },

    edit(posted, view, signal) {
      const card = drawCard(view, marks.of(posted.message));
      const changed = change(posted, card, within(signal), tokens.ofMessage(posted.message));
      return told(changed, 'see this channel', signal);
    },

    finish(posted, view, file, _key, _steps, signal) {
      const sent = async () => {
        const living = tokens.ofMessage(posted.message);
        const mark = marks.of(posted.message);
        if (file === null)
          await change(posted, { ...drawCard(view, mark), attachments: [] }, within(signal), living);
        else {
          const files = [file, ...(file.behind ?? [])].map((each) => ({
            ...each,
            name: fileName(each.name),
          }));
          const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
          const shown = files.map((each) => ({ name: each.name, plays: plays(each) }));
          const card = drawCard(view, { ...mark, files: shown });
          await change(posted, await multipart(card, files), within(signal, bytes), living);
        }
        marks.forget(posted.message);
        return posted;
      };
      return told(sent(), 'attach files in this channel', signal);
    },

    remove(posted, signal) {
      const gone = async () => {
        try {
          await rest.delete(Routes.channelMessage(posted.channel, posted.message), {
            signal: within(signal),
          });
        } catch (error) {
          if (!isCode(error, code.unknownMessage, code.unknownChannel)) throw error;
        }
      };
      return told(gone(), 'see this channel', signal);
    },

    look(workspace, channel, signal) {
      const guild = workspace.replace(/^discord:/, '');
      return told(lookAtChannel(rest, application, guild, channel, signal), 'see this channel', signal);
    },

    tell(user, place, view, signal) {
      const said = async () => {
        const living = tokens.ofPerson(user, place.channel);
        if (living !== null) {
          const body = drawCard(view, { onlyForThem: true });
          try {
            const route = Routes.webhook(application, living.token);
            return void (await rest.post(route, { body, auth: false, signal: within(signal) }));
          } catch (error) {
            if (!isCode(error, code.badToken, code.unknownWebhook)) throw error;
          }
        }
        const direct = await rest.post(Routes.userChannels(), {
          body: { recipient_id: user },
          signal: within(signal),
        });
        await post((direct as { id: string }).id, drawCard(view), signal);
      };
      return told(said(), 'write to this person', signal);
    },
  };
}

const maySend = 'send messages in this channel';

/** Of 100 messages: as far back as a card is looked for. */
const mostPages = 3;

function plays({ contentType }: OutgoingFile): boolean {
  return /^(?:video|image)\//.test(contentType);
}

async function told<T>(done: Promise<T>, may: string, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw troubled(error, may, signal);
  }
}
