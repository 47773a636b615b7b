import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Plan } from '../../dsl/plan.ts';
import type { SettingEntry, World } from '../../dsl/world.ts';
import type { Asker } from '../../engine/asker.ts';
import type { Read } from '../../engine/attachments/read.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Log } from '../../engine/log.ts';
import type { Parts } from '../../engine/parts.ts';
import type { Attachment, Chat } from './ask.ts';
import type { Surface } from './surface.ts';

/** What the presenter is made of. */
export interface PresenterTools {
  engine: Engine;
  parts: Pick<Parts, 'store' | 'news'>;
  catalogue: Catalogue;
  /** Names and settings of a workspace, to complete with. */
  world(asker: Asker): Promise<World>;
  /** The settings of a workspace with their values. */
  settings(workspace: string): Promise<ReadonlyMap<string, SettingEntry>>;
  /** Brings a file into the workspace; `occasion` is the interaction, so that the same is fetched once. */
  take(attachment: Attachment, occasion: string, asker: Asker, signal?: AbortSignal): Promise<Taken>;
  /** Reads a file that comes along without bringing it into the workspace: evidence. */
  read: Read;
  /** Adds to a plan what a chat needs beside it, such as films that fit. */
  prepare(plan: Plan, fileLimit: number): Plan;
  /** Where the pages are reached from outside, so that moderators can be given links to evidence; null for nowhere. */
  publicUrl?: string | null;
  /** A workspace of a chat as it is spoken to, once cards are kept here. */
  surfaceIn?(chat: Chat, workspace: string): Surface | undefined;
  log: Log;
  /** Names this process among those that draw cards. */
  keeper: string;
  /** Whether so many are heard at once that the first view of a card is kept short. */
  crowded?(): boolean;
  now(): Date;
  random(bytes: number): Uint8Array;
}

/** A file that is in the workspace now, or why it is not. */
export type Taken = { id: string } | { code: string; message: string; hint: string | null };
