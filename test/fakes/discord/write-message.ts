import { type Component, everyComponent, kind } from './limits/components.ts';
import { checkMessage, flag, type MessageBody } from './limits/message.ts';
import { Refusal } from './refusal.ts';
import type { State, StoredFile, StoredMessage } from './state.ts';
import { pingedBy } from './wire.ts';

/** A file of a request. */
export interface SentFile {
  /** The number in `files[0]`. */
  index: string;
  name: string;
  type: string;
  bytes: Buffer;
}

export interface Written {
  body: MessageBody;
  files: readonly SentFile[];
}

/** Makes a message, or refuses it with what Discord would say. */
export function writeMessage(
  state: State,
  { body, files }: Written,
  place: {
    channel: string;
    author: string;
    uploadLimit: number;
    onlyFor?: string | null;
    interaction?: string | null;
    thinking?: boolean;
  },
): StoredMessage {
  const kept = takeFiles(state, body, files, [], place.uploadLimit);
  if (!place.thinking) checkMessage(body, { attached: new Set(kept.map((file) => file.name)) });
  const message: StoredMessage = {
    id: state.snowflake(),
    channel: place.channel,
    author: place.author,
    content: body.content ?? '',
    flags: (body.flags ?? 0) & (flag.ephemeral | flag.modern | flag.noEmbeds | flag.silent),
    components: numbered(body.components ?? []),
    embeds: body.embeds ?? [],
    files: kept,
    nonce: body.nonce === undefined ? null : String(body.nonce),
    onlyFor: place.onlyFor ?? null,
    interaction: place.interaction ?? null,
    pinged: pingedBy(textOf(body), body.allowed_mentions),
    edits: 0,
    thinking: place.thinking ?? false,
  };
  state.messages.set(message.id, message);
  return message;
}

/** Changes a message, or refuses it. Files that `attachments` no longer lists are gone; without that field new ones are added. */
export function changeMessage(
  state: State,
  message: StoredMessage,
  { body, files }: Written,
  uploadLimit: number,
): StoredMessage {
  const kept = takeFiles(state, body, files, message.files, uploadLimit);
  checkMessage(body, { before: message, attached: new Set(kept.map((file) => file.name)) });
  if ((message.flags & flag.modern) !== 0 && body.flags !== undefined && (body.flags & flag.modern) === 0)
    throw new Refusal(400, 50035, 'The IS_COMPONENTS_V2 flag cannot be removed');
  if (body.content !== undefined) message.content = body.content ?? '';
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = numbered(body.components ?? []);
  message.flags |= (body.flags ?? 0) & flag.modern;
  message.files = kept;
  message.thinking = false;
  // An edit never pings anybody who was not pinged before.
  message.edits++;
  return message;
}

function takeFiles(
  state: State,
  body: MessageBody,
  files: readonly SentFile[],
  before: readonly StoredFile[],
  uploadLimit: number,
): StoredFile[] {
  if (files.some((file) => file.bytes.length > uploadLimit))
    throw new Refusal(413, 40005, 'Request entity too large');
  const ids = body.attachments?.map((each) => String(each.id));
  const unknown = ids?.find(
    (id) => !before.some((file) => file.id === id) && !files.some((file) => file.index === id),
  );
  if (unknown !== undefined)
    throw new Refusal(400, 50035, 'Invalid Form Body', {
      attachments: {
        _errors: [{ code: 'ATTACHMENT_NOT_FOUND', message: `Attachment data not found: ${unknown}` }],
      },
    });
  const old = ids === undefined ? before : before.filter((file) => ids.includes(file.id));
  return [
    ...old,
    ...files.map(({ name, type, bytes }) => ({ id: state.snowflake(), name: safeName(name), type, bytes })),
  ];
}

/** Letters that Discord does not keep in a file's name are changed, so that a reference by the old name finds nothing. */
function safeName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '');
}

/** Components get numbers of their own, where they have none; two alike are refused. */
function numbered(components: readonly Component[]): Component[] {
  const copy = structuredClone(components) as Component[];
  const all = everyComponent(copy);
  const taken = all.map((each) => each.id).filter((id) => id !== undefined && id !== 0);
  if (new Set(taken).size !== taken.length || taken.some((id) => !(Number(id) > 0 && Number(id) < 2 ** 31)))
    throw new Refusal(400, 50035, 'Invalid Form Body: component ids');
  let next = 1;
  for (const each of all) {
    if (each.id) continue;
    while (taken.includes(next)) next++;
    each.id = next++;
  }
  return copy;
}

function textOf(body: MessageBody): string {
  const shown = everyComponent(body.components ?? []).filter((each) => each.type === kind.text);
  return [body.content ?? '', ...shown.map((each) => String(each.content))].join('\n');
}
