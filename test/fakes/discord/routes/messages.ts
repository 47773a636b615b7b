import type { Request } from '../http.ts';
import type { MessageBody } from '../limits/message.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, everything, permission, type State, type StoredMessage } from '../state.ts';
import { messageOnWire } from '../wire.ts';
import { changeMessage, writeMessage } from '../write-message.ts';

/** As the bot, in a channel: what `/channels/…` does. */
export function channelRoutes(state: State, base: () => string) {
  const wire = (message: StoredMessage) => messageOnWire(state, base(), message);

  const may = (channel: Channel, wanted: bigint) => {
    if ((channel.permissions & permission.view) === 0n) throw new Refusal(403, 50001, 'Missing Access');
    if ((channel.permissions & wanted) !== wanted) throw new Refusal(403, 50013, 'Missing Permissions');
  };
  const channelOf = (id: string) => {
    const channel = state.channels.get(id);
    if (channel === undefined) throw new Refusal(404, 10003, 'Unknown Channel');
    return channel;
  };
  const messageOf = (channel: string, id: string) => {
    const message = state.messages.get(id);
    // An ephemeral message is not there for who comes by the channel.
    if (message === undefined || message.channel !== channel || message.onlyFor !== null)
      throw new Refusal(404, 10008, 'Unknown Message');
    return message;
  };
  const limitOf = (channel: Channel) => state.guilds.get(channel.guild ?? '')?.uploadLimit ?? 10 * 2 ** 20;
  const filesNeed = (request: Request) => (request.files.length > 0 ? permission.attach : 0n);

  return {
    channel(id: string) {
      const channel = channelOf(id);
      may(channel, 0n);
      const { type, guild, name } = channel;
      if (guild === null) return { id, type, name };
      const denied = String(everything & ~channel.permissions);
      const bot = { id: state.bot.id, type: 1, allow: String(channel.permissions), deny: denied };
      const all = { id: guild, type: 0, allow: '0', deny: String(permission.view) };
      return {
        ...{ id, type, name, guild_id: guild },
        permission_overwrites: [bot, ...(channel.private === true ? [all] : [])],
      };
    },

    create(id: string, request: Request) {
      const channel = channelOf(id);
      const body = request.body as MessageBody;
      const send = channel.type === 11 ? permission.sendInThreads : channel.type === 0 ? permission.send : 0n;
      may(channel, send | filesNeed(request));
      const person = channel.with === null ? undefined : state.users.get(channel.with);
      if (person && !person.takesDirect) throw new Refusal(403, 50007, 'Cannot send messages to this user');
      const nonce = body.nonce === undefined ? null : String(body.nonce);
      if (body.enforce_nonce && nonce !== null) {
        const there = [...state.messages.values()].find(
          // Looked for among the last few minutes only.
          (each) =>
            each.nonce === nonce && each.author === state.bot.id && each.channel === id && !isOld(each),
        );
        if (there) return { ...wire(there), nonce };
      }
      const message = writeMessage(
        state,
        { body, files: request.files },
        { channel: id, author: state.bot.id, uploadLimit: limitOf(channel) },
      );
      return { ...wire(message), nonce: nonce ?? undefined };
    },

    list(id: string, request: Request) {
      const channel = channelOf(id);
      may(channel, 0n);
      if ((channel.permissions & permission.history) === 0n) return [];
      const limit = Number(request.query.get('limit') ?? 50);
      if (!(limit >= 1 && limit <= 100)) throw new Refusal(400, 50035, 'Invalid Form Body');
      const before = request.query.get('before');
      return [...state.messages.values()]
        .filter((each) => each.channel === id && each.onlyFor === null)
        .filter((each) => before === null || BigInt(each.id) < BigInt(before))
        .slice(-limit)
        .reverse()
        .map(wire);
    },

    get(channel: string, id: string) {
      may(channelOf(channel), permission.history);
      return wire(messageOf(channel, id));
    },

    edit(channel: string, id: string, request: Request) {
      const place = channelOf(channel);
      may(place, filesNeed(request));
      const message = messageOf(channel, id);
      if (message.author !== state.bot.id)
        throw new Refusal(403, 50005, 'Cannot edit a message authored by another user');
      return wire(
        changeMessage(
          state,
          message,
          { body: request.body as MessageBody, files: request.files },
          limitOf(place),
        ),
      );
    },

    remove(channel: string, id: string) {
      const place = channelOf(channel);
      const message = messageOf(channel, id);
      may(place, message.author === state.bot.id ? 0n : permission.manageMessages);
      state.messages.delete(id);
      return null;
    },
  };

  function isOld(message: StoredMessage) {
    return (BigInt(state.snowflake()) - BigInt(message.id)) >> 22n > 300_000n;
  }
}
