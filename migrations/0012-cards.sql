-- What was heard in a chat, by the interaction's own id there: heard again (a replay, another process of the same bot) it is not answered again.
create table heard (
  surface text not null check (surface in ('discord', 'slack')),
  id text not null check (length(id) between 1 and 200),
  heard_at timestamptz not null default now(),
  -- Null until it was answered, so that whoever hears it again after the first was killed may answer.
  answered_at timestamptz,
  primary key (surface, id)
);
create index heard_by_time on heard (heard_at);
create index heard_unanswered on heard (id) where answered_at is null;

-- What a chat shows of a run. Its life is told in engine/cards/cards.ts.
create table cards (
  id bigint generated always as identity primary key,
  surface text not null check (surface in ('discord', 'slack')),
  workspace text not null references workspaces on delete cascade,
  -- Null once the run was removed.
  run_id bigint references runs on delete set null,
  -- `g7`.
  "group" text not null,
  -- Canonical PQL, so that the buttons work when the run is gone.
  pql text not null,
  -- Who asked: the user of the run's asker, `discord:123`.
  asker text not null,
  interaction text not null,
  channel text not null,
  thread text,
  -- Messages of ours, { channel, thread, message } each; the card stands in the last one.
  posted jsonb not null default '[]',
  -- How large a file the place takes, bytes.
  file_limit bigint not null check (file_limit >= 0),
  state text not null default 'living' check (state in ('living', 'finishing', 'finished', 'leaving', 'gone')),
  -- Why the last view was not delivered, in words.
  why text,
  -- Who draws it just now: a lease.
  keeper text,
  kept_until timestamptz,
  made_at timestamptz not null default now(),
  unique (surface, interaction),
  check ((keeper is null) = (kept_until is null))
);
create index cards_of_run on cards (run_id);
create index cards_open on cards (surface, id) where state in ('living', 'leaving');
create index cards_kept on cards (keeper) where keeper is not null;
create index cards_of_asker on cards (workspace, asker, id);

-- What a button of ours means. Nothing but the token travels through the chat, and it opens nothing by itself: who presses is asked each time.
create table buttons (
  token text primary key check (length(token) between 22 and 40),
  surface text not null check (surface in ('discord', 'slack')),
  workspace text not null,
  -- Null for a question that is answered in private.
  card_id bigint references cards on delete cascade,
  action text not null,
  arguments jsonb not null default '{}',
  -- Who may press it beside moderators.
  owner text not null,
  made_at timestamptz not null default now(),
  -- Of a question: when it was answered.
  used_at timestamptz
);
create unique index buttons_of_card on buttons (card_id, action) where card_id is not null;
create index buttons_of_questions on buttons (made_at) where card_id is null;
