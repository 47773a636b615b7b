import type { Request } from '../http.ts';
import type { CommandBody } from '../limits/commands.ts';
import { flag, type MessageBody } from '../limits/message.ts';
import { checkModal } from '../limits/modal.ts';
import { Complaints, Refusal } from '../refusal.ts';
import type { Heard, State, StoredMessage } from '../state.ts';
import { messageOnWire } from '../wire.ts';
import { changeMessage, writeMessage } from '../write-message.ts';

/** Milliseconds until somebody sees "The application did not respond", and until a token is dead. */
export const patience = { answer: 3000, token: 900_000 } as const;

/** What may answer what: by type of interaction (2 command, 3 component, 4 autocompletion, 5 modal). */
const answers: Record<number, readonly number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

/** The callback of an interaction, and everything by its token. */
export function interactionRoutes(state: State, base: () => string) {
  const wire = (message: StoredMessage) => messageOnWire(state, base(), message);
  const limitOf = (heard: Heard) => {
    const channel = state.channels.get(heard.channel);
    return state.guilds.get(channel?.guild ?? '')?.uploadLimit ?? 10 * 2 ** 20;
  };

  const alive = (application: string, token: string) => {
    const heard = [...state.heard.values()].find((each) => each.token === token);
    if (heard === undefined || application !== state.application)
      throw new Refusal(404, 10015, 'Unknown Webhook');
    if (state.now() - heard.at > patience.token) throw new Refusal(401, 50027, 'Invalid Webhook Token');
    if (heard.answered === null) throw new Refusal(404, 10015, 'Unknown Webhook');
    return heard;
  };

  const messageOf = (heard: Heard, id: string) => {
    const message = state.messages.get((id === '@original' ? heard.original : id) ?? '');
    const own = message && (message.interaction === heard.id || message.id === heard.original);
    if (!own) throw new Refusal(404, 10008, 'Unknown Message');
    return message;
  };

  const write = (heard: Heard, body: MessageBody, request: Request, thinking = false) =>
    writeMessage(
      state,
      { body, files: request.files },
      {
        channel: heard.channel,
        author: state.bot.id,
        uploadLimit: limitOf(heard),
        onlyFor: ((body.flags ?? 0) & flag.ephemeral) === 0 ? null : heard.user,
        interaction: heard.id,
        thinking,
      },
    );

  return {
    callback(id: string, token: string, request: Request) {
      const heard = state.heard.get(id);
      const late = heard !== undefined && state.now() - heard.at > patience.answer;
      if (heard === undefined || heard.token !== token || late)
        throw new Refusal(404, 10062, 'Unknown interaction');
      if (heard.answered !== null)
        throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');
      const body = request.body as { type?: number; data?: Record<string, unknown> };
      const type = Number(body.type);
      if (!answers[heard.type]?.includes(type)) throw new Refusal(400, 50035, 'Invalid Form Body: type');
      const message = done(heard, type, body.data ?? {}, request);
      heard.answered = { type, after: state.now() - heard.at, body: body.data ?? {} };
      if (request.query.get('with_response') !== 'true') return null;
      return {
        interaction: {
          id,
          type: heard.type,
          response_message_id: message?.id,
          response_message_ephemeral: message?.onlyFor != null,
        },
        resource: { type, ...(message ? { message: wire(message) } : {}) },
      };
    },

    followUp(application: string, token: string, request: Request) {
      const heard = alive(application, token);
      const body = request.body as MessageBody;
      const original = state.messages.get(heard.original ?? '');
      // The first one fills in what was being thought about, seen by whom the deferral said.
      if (original?.thinking)
        return wire(changeMessage(state, original, { body, files: request.files }, limitOf(heard)));
      return wire(write(heard, body, request));
    },

    get: (application: string, token: string, id: string) => wire(messageOf(alive(application, token), id)),

    edit(application: string, token: string, id: string, request: Request) {
      const heard = alive(application, token);
      const body = request.body as MessageBody;
      return wire(changeMessage(state, messageOf(heard, id), { body, files: request.files }, limitOf(heard)));
    },

    remove(application: string, token: string, id: string) {
      state.messages.delete(messageOf(alive(application, token), id).id);
      return null;
    },
  };

  function done(heard: Heard, type: number, data: Record<string, unknown>, request: Request) {
    if (type === 9) checkModal(data);
    if (type === 8) checkChoices(data.choices);
    if (type === 4 || type === 5) {
      const message = write(heard, data as MessageBody, request, type === 5);
      heard.original = message.id;
      return message;
    }
    if (type === 6 || type === 7) {
      const source = state.messages.get((heard.payload.message as { id?: string } | undefined)?.id ?? '');
      if (source === undefined) throw new Refusal(404, 10008, 'Unknown Message');
      heard.original = source.id;
      if (type === 7)
        changeMessage(state, source, { body: data as MessageBody, files: request.files }, limitOf(heard));
      return source;
    }
    return undefined;
  }
}

function checkChoices(choices: unknown): void {
  const complain = new Complaints();
  complain.count('data.choices', choices, 0, 25);
  (choices as NonNullable<CommandBody['options']>[number]['choices'])?.forEach((choice, at) => {
    complain.length(`data.choices.${at}.name`, choice.name, 1, 100);
    if (typeof choice.value === 'string') complain.length(`data.choices.${at}.value`, choice.value, 1, 100);
  });
  complain.settle();
}
