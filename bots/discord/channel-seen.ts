import {
  type APIChannel,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';

import { type ChannelSeen, SurfaceError } from '../presenter/surface.ts';
import { within } from './open-rest.ts';

const needed = [
  [PermissionFlagsBits.ViewChannel, 'see it'],
  [PermissionFlagsBits.SendMessages, 'send messages there'],
  [PermissionFlagsBits.ReadMessageHistory, 'read the message history there'],
] as const;

/** Looks at a channel of a server: whether everybody there can read it, and what we are not allowed in it. */
export async function lookAtChannel(
  rest: REST,
  application: string,
  guild: string,
  id: string,
  signal?: AbortSignal,
): Promise<ChannelSeen> {
  const get = async (route: `/${string}`) => rest.get(route, { signal: within(signal) });
  const channel = (await get(Routes.channel(id))) as APIChannel;
  // A bot sees the channels of all its servers.
  if (!('guild_id' in channel) || channel.guild_id !== guild) throw new SurfaceError({ kind: 'gone' });
  if (channel.type !== ChannelType.GuildText)
    throw new SurfaceError({ kind: 'refused', words: 'it is no text channel' });
  const roles = (await get(Routes.guildRoles(guild))) as APIRole[];
  const self = (await get(Routes.guildMember(guild, application))) as APIGuildMember;
  const overwrites = channel.permission_overwrites ?? [];
  const everybody = permissionsOf({ id: null, roles: [] }, { guild, roles, overwrites });
  const ours = permissionsOf({ id: application, roles: self.roles }, { guild, roles, overwrites });
  const missing = needed.flatMap(([bit, words]) => ((ours & bit) === 0n ? [words] : []));
  return {
    open: (everybody & PermissionFlagsBits.ViewChannel) !== 0n,
    may: missing.length === 0 ? null : missing.join(', '),
  };
}

/** What somebody may do in a channel: https://discord.com/developers/docs/topics/permissions#permission-overwrites. */
function permissionsOf(
  { id, roles: own }: { id: string | null; roles: readonly string[] },
  {
    guild,
    roles,
    overwrites,
  }: { guild: string; roles: readonly APIRole[]; overwrites: readonly APIOverwrite[] },
): bigint {
  const everyone = roles.find((role) => role.id === guild);
  const held = roles.filter((role) => own.includes(role.id));
  const base = [everyone, ...held].reduce((all, role) => all | BigInt(role?.permissions ?? 0), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ~0n;
  const apply = (given: bigint, some: readonly APIOverwrite[]) => {
    const deny = some.reduce((all, each) => all | BigInt(each.deny), 0n);
    return (given & ~deny) | some.reduce((all, each) => all | BigInt(each.allow), 0n);
  };
  const ofRole = (wanted: readonly string[]) =>
    overwrites.filter((each) => each.type === OverwriteType.Role && wanted.includes(each.id));
  const steps = [
    ofRole([guild]),
    ofRole(own.filter((role) => role !== guild)),
    overwrites.filter((each) => each.type === OverwriteType.Member && each.id === id),
  ];
  return steps.reduce(apply, base);
}
