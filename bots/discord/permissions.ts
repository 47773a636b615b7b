import { PermissionFlagsBits } from 'discord.js';

import type { Heard } from './ask-of.ts';

/** What the bot has to be allowed, with what people read about it. The invite link asks for exactly these. */
export const permissions: readonly { bit: bigint; name: string; words: string; why: string }[] = [
  {
    bit: PermissionFlagsBits.ViewChannel,
    name: 'View Channels',
    words: 'see it',
    why: 'a card is edited by the bot itself when it is older than 14 minutes',
  },
  {
    bit: PermissionFlagsBits.SendMessages,
    name: 'Send Messages',
    words: 'send messages',
    why: 'a card whose statement took long to read is posted by the bot itself',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    words: 'send messages in threads',
    why: 'the same in threads',
  },
  { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', words: 'attach files', why: 'the film' },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: 'Read Message History',
    words: 'read its messages',
    why: 'looks for a card of its own before it posts it again after a crash',
  },
];

export const scopes = ['bot', 'applications.commands'] as const;

/** The address at which somebody adds the bot to a server. */
export function inviteLink(application: string): string {
  const bits = permissions.reduce((all, { bit }) => all | bit, 0n);
  const query = new URLSearchParams({
    client_id: application,
    scope: scopes.join(' '),
    permissions: String(bits),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** What the bot may not do where something was said, in words; threads have a permission of their own. */
export function missingFor(heard: Heard): string[] {
  const allowed = BigInt(heard.app_permissions ?? '0');
  const inThread = [10, 11, 12].includes(Number(heard.channel?.type));
  const skipped = inThread ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  return permissions.filter(({ bit }) => bit !== skipped && (allowed & bit) === 0n).map(({ words }) => words);
}
