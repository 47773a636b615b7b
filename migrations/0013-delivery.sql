-- What is still to be said in a chat: the last view of a card, with its film. A row is a promise that outlives whoever made it; its life is told in
-- engine/delivery/outbox.ts. Once for each card, which is one run in one place; said again (RETRY), it is another round of the same row.
create sequence outbox_turns;
create table outbox (
  id bigint generated always as identity primary key,
  surface text not null check (surface in ('discord', 'slack')),
  -- The channel, and the thread in it: what is said there is said in the order of `turn`.
  place text not null,
  card_id bigint not null unique references cards on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'given up')),
  turn bigint not null default nextval('outbox_turns'),
  round integer not null default 1 check (round > 0),
  -- What has succeeded of it, by the name of the step, so that nobody does it twice.
  steps jsonb not null default '{}',
  attempts integer not null default 0,
  -- Rises whenever the row changes hands: who lost it writes with an old one and matches no row.
  epoch integer not null default 0,
  not_before timestamptz not null default now(),
  lease_until timestamptz,
  -- Why it waits again or was given up, in words.
  why text,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((lease_until is null) = (state <> 'sending'))
);
create index outbox_open on outbox (surface, place, turn) where state in ('waiting', 'sending');
create index outbox_ended on outbox (ended_at) where ended_at is not null;

-- Smaller forms of media, made to fit where files may only have so many bytes. No results: nobody sees them by an id, FROM does not find them, and
-- they go when what they are of goes. By workspace, since a recall tells that somebody made the same before.
create table previews (
  workspace text not null references workspaces on delete cascade,
  of text not null references artifacts on delete cascade,
  -- How many bytes it was to have at most.
  fits bigint not null check (fits > 0),
  hash text not null references artifacts,
  -- What people should know: `the first 40s at 640×360`.
  says text not null,
  made_at timestamptz not null default now(),
  primary key (workspace, of, fits)
);
create index previews_by_of on previews (of);
create index previews_by_hash on previews (hash);

-- Addresses under which whoever has one sees a film for some days. Only the hash of the token is kept: who reads the database sees no film by it.
-- A link ends with its media, also where the same bytes are made again later, and with the card that gave it out.
create table links (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  media_id bigint not null references media on delete cascade,
  card_id bigint references cards on delete cascade,
  -- As a file is called that is saved from it.
  name text not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index links_of_media on links (media_id);
create index links_of_card on links (card_id) where card_id is not null;
create index links_by_end on links (expires_at);

-- What was fetched for a statement: the same link of the same interaction is fetched once. The link itself is not kept, since it may carry a
-- signature that opens it.
create table fetched (
  workspace text not null references workspaces on delete cascade,
  -- The interaction on its surface.
  occasion text not null,
  link_hash text not null check (link_hash ~ '^[0-9a-f]{64}$'),
  media_id bigint not null references media on delete cascade,
  fetched_at timestamptz not null default now(),
  primary key (workspace, occasion, link_hash)
);
create index fetched_of_media on fetched (media_id);
create index fetched_by_time on fetched (fetched_at);
