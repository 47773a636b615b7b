import { Complaints } from '../refusal.ts';
import { type Component, checkComponents } from './components.ts';

/** What a message is written with. */
export interface MessageBody {
  content?: string | null;
  embeds?: Record<string, unknown>[] | null;
  components?: Component[] | null;
  flags?: number;
  nonce?: string | number;
  enforce_nonce?: boolean;
  allowed_mentions?: { parse?: string[]; users?: string[]; roles?: string[] };
  attachments?: { id: string | number; filename?: string; description?: string }[];
  sticker_ids?: unknown[];
  poll?: unknown;
}

export const flag = { ephemeral: 1 << 6, modern: 1 << 15, noEmbeds: 1 << 2, silent: 1 << 12 } as const;

/** What a new or a changed message must keep to. `before`: the message that is changed; `attached`: the names of all files that it will have. */
export function checkMessage(
  body: MessageBody,
  { before, attached }: { before?: { flags: number }; attached: ReadonlySet<string> },
): void {
  const complain = new Complaints();
  const modern = (((body.flags ?? 0) | (before?.flags ?? 0)) & flag.modern) !== 0;
  if (modern)
    for (const field of ['content', 'embeds', 'poll', 'sticker_ids'] as const)
      if (body[field] !== undefined && body[field] !== null && (body[field] as unknown[]).length !== 0)
        complain.add(
          field,
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
  if (typeof body.content === 'string') complain.length('content', body.content, 0, 2000);
  checkEmbeds(body.embeds ?? [], complain);
  checkComponents(body.components ?? [], { modern, attached }, complain);
  if (body.nonce !== undefined && String(body.nonce).length > 25)
    complain.add('nonce', 'NONCE_TYPE_TOO_LONG', 'Nonce must be 25 characters or less');
  if (attached.size > 10)
    complain.add('attachments', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  complain.settle();
  if (before === undefined && isEmpty(body, attached))
    complain.add('_', 'MESSAGE_EMPTY', 'Cannot send an empty message');
  complain.settle();
}

function isEmpty(body: MessageBody, attached: ReadonlySet<string>): boolean {
  return !body.content && !body.embeds?.length && !body.components?.length && attached.size === 0;
}

function checkEmbeds(embeds: readonly Record<string, unknown>[], complain: Complaints): void {
  complain.count('embeds', embeds, 0, 10);
  let total = 0;
  embeds.forEach((embed, at) => {
    const fields = (embed.fields ?? []) as { name?: string; value?: string }[];
    const texts = [
      [embed.title, 256],
      [embed.description, 4096],
      [(embed.footer as { text?: string } | undefined)?.text, 2048],
      ...fields.flatMap((field) => [[field.name, 256] as const, [field.value, 1024] as const]),
    ] as const;
    complain.count(`embeds.${at}.fields`, fields, 0, 25);
    for (const [text, most] of texts) {
      if (text === undefined) continue;
      complain.length(`embeds.${at}`, text, 1, most);
      total += String(text).length;
    }
  });
  if (total > 6000)
    complain.add('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
}
