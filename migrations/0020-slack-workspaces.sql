-- Slack workspaces in which one bot is installed by themselves (OAuth). Whoever reads the database posts nowhere: tokens are encrypted under a key that
-- is not in it, bound to their workspace.
create table slack_installations (
  team text primary key check (team ~ '^[A-Z0-9]{3,30}$'),
  name text not null,
  app text not null,
  bot text not null,
  bot_user text not null,
  scopes text not null,
  -- Base64 of nonce, tag and what AES-256-GCM made of the token.
  sealed text not null,
  installed_by text not null,
  installed_at timestamptz not null default clock_timestamp()
);

-- In which state of the card its asker was told in private that we may not draw it, or not take it away: once, whoever keeps it and however often that
-- starts anew.
alter table cards add column told_in text check (told_in in ('living', 'leaving'));
