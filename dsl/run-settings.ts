import type { SettingEntry } from './world.ts';

/** What SET may say of a run: `SET g7.priority high`. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** The setting of a run that a name such as `g7.priority` means; null when it means none. */
export function runSetting(name: string): SettingEntry | null {
  const [, group] = /^(g[1-9]\d{0,8})\.priority$/i.exec(name) ?? [];
  if (group === undefined) return null;
  return {
    name: `${group.toLowerCase()}.priority`,
    type: 'word',
    words: priorities,
    // It is not looked up for this.
    value: 'normal',
    help: 'which of the runs of this workspace come first: high, normal or low',
  };
}
