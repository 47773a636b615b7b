/** Who asked, in which workspace, with which roles. */
export interface Asker {
  /** Of the surface: `local`, a Discord guild, a Slack team. Everything is numbered and kept apart by it. */
  workspace: string;
  user: string;
  roles: readonly ('asker' | 'moderator' | 'admin')[];
  /** Where local paths in operands may point; null when this surface has no files (chat). */
  importRoot: string | null;
  /** Under which TO writes; absolute. */
  exportRoot: string;
}
