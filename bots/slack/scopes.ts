/** What the app may do in a workspace, and what for. The manifest, the check of doctor and the set-up page read this. */
export const botScopes: Readonly<Record<string, string>> = {
  commands: '/pql and the shortcuts on messages',
  'chat:write': 'cards, and what only the asker sees',
  'channels:join': 'come into a public channel where somebody asked',
  'channels:history': 'find a card again after a lost answer, in public channels',
  'groups:history': 'the same in private channels',
  'channels:read': 'see whether the channel that is to be the moderators’ is private',
  'groups:read': 'the same, where it is',
  'im:history': 'the same in direct messages',
  'mpim:history': 'the same in group messages',
  'files:read': 'clips that people attach; where a film was shared',
  'files:write': 'films',
  'im:write': 'tell people alone what cannot be said in the channel',
  'users:read': 'names on cards, and who is an admin of the workspace',
  'usergroups:read': 'who is in the user groups that are moderators',
};

/** Of the app-level token, for Socket Mode. */
export const appScopes: Readonly<Record<string, string>> = {
  'connections:write': 'be told of what happens without a public address',
};

/** What Slack tells of by itself. */
export const botEvents: readonly string[] = ['app_home_opened'];

/** What it also tells of where workspaces install the app themselves: that they took it out. */
export const goodbyes: readonly string[] = ['app_uninstalled', 'tokens_revoked'];
