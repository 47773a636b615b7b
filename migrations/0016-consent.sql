-- Who may be shown in film. The register of people belongs to no workspace: whoever says no says it everywhere.

-- One row: the head of the audit chain, and the consent epoch, which every change of who may be shown raises. A run remembers the epoch
-- under which it was admitted; under a later one its jobs are judged anew.
create table consent_head (
  one boolean primary key default true check (one),
  epoch bigint not null default 1,
  seq bigint not null default 0,
  hash text not null default repeat('0', 64),
  -- SHA-256 of the list of widely known people that was entered last, of those that come with the program.
  starting_list text
);
insert into consent_head default values;

-- `keys` are the names folded for equality (engine/consent/registry/name-key.ts); `changed` is the epoch of the last change, so that
-- whoever holds an index of names reads only what is newer.
create table people (
  id bigint generated always as identity primary key,
  names text[] not null check (cardinality(names) between 1 and 200),
  keys text[] not null,
  kind text not null check (kind in ('private', 'public figure')),
  context text[] not null default '{}',
  source text not null,
  changed bigint not null,
  created_at timestamptz not null default now()
);
create index people_by_key on people using gin (keys);
create index people_by_change on people (changed);

-- One that stands has no end. `ended_by` is the request that undid it.
create table opt_outs (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  name text not null,
  reason text,
  asked_by text not null,
  workspace text not null,
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by bigint
);
create unique index opt_outs_standing on opt_outs (person_id) where ended_at is null;

-- Numbers of requests are given out like those of everything else: r9. Letters that later verbs need are theirs to choose.
alter table counters drop constraint counters_letter_check;
alter table counters add constraint counters_letter_check check (letter ~ '^[a-z]$');

-- What a moderator decides; see engine/consent/requests/states.ts. `said` are the words in question, `text_hash` the text that they stand in.
create table consent_requests (
  id bigint generated always as identity primary key,
  workspace text not null references workspaces on delete cascade,
  number integer not null check (number > 0),
  kind text not null check (kind in ('grant', 'review', 'namesake', 'opt in', 'opt out', 'erasure')),
  person_id bigint not null references people,
  state text not null default 'open' check (state in ('open', 'escalated', 'approved', 'denied', 'revoked')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  due_at timestamptz not null,
  said text not null,
  text_hash text,
  details jsonb not null default '{}',
  decided_at timestamptz,
  unique (workspace, number)
);
create unique index consent_requests_about_text on consent_requests (workspace, person_id, kind, text_hash)
  where text_hash is not null and state in ('open', 'escalated');
create index consent_requests_of_text on consent_requests (workspace, text_hash) where text_hash is not null;
create index consent_requests_waiting on consent_requests (workspace, due_at) where state in ('open', 'escalated');
create index consent_requests_of_person on consent_requests (person_id);

create table consent_decisions (
  request_id bigint not null references consent_requests on delete cascade,
  moderator text not null,
  verdict text not null check (verdict in ('approve', 'deny', 'escalate', 'revoke')),
  reason text,
  at timestamptz not null default now(),
  primary key (request_id, moderator, verdict)
);

-- The terms stand in `signature`, a JWS, and nowhere else: what could be altered beside it could not be trusted. The columns find it.
create table grants (
  request_id bigint primary key references consent_requests on delete cascade,
  workspace text not null references workspaces on delete cascade,
  number integer not null,
  person_id bigint not null references people,
  signature text not null,
  signed_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by text
);
create index grants_of_person on grants (person_id, workspace);

-- What was shown to prove a grant: beside the row that knows its hash, never among the results.
create table consent_evidence (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  bytes bytea not null,
  added_at timestamptz not null default now()
);

-- Whom a run names, and by which grant it may.
create table consent_uses (
  run_id bigint not null references runs on delete cascade,
  person_id bigint not null references people,
  request_id bigint references consent_requests on delete set null,
  primary key (run_id, person_id)
);
create index consent_uses_of_person on consent_uses (person_id);

alter table runs add column consent_epoch bigint not null default 0;
-- Until when the grants hold that it rests on; null for ever.
alter table runs add column consent_until timestamptz;

-- Media that nobody may see any more, taken out of `media` whole, so that nothing that reads media finds them: not FROM, not a name, not a
-- link. `media_row` and `names` put them back.
create table held_media (
  id bigint primary key,
  workspace text not null references workspaces on delete cascade,
  letter text not null,
  number integer not null,
  hash text not null references artifacts,
  person_id bigint not null references people,
  request_id bigint references consent_requests on delete set null,
  because text not null,
  media_row jsonb not null,
  names jsonb not null,
  held_at timestamptz not null default now()
);
create index held_media_by_hash on held_media (hash);
create index held_media_of_person on held_media (person_id);
create unique index held_media_by_number on held_media (workspace, letter, number);

-- Consent that ended and whose results were not looked for yet, in all workspaces or in one. Whoever is killed meanwhile leaves it to the next sweep.
create table consent_scans (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  workspace text,
  because text not null,
  since timestamptz not null default now()
);

-- Everything that was ever decided. Each row holds the hash of the one before it; nothing is changed or taken away.
create table consent_audit (
  seq bigint primary key,
  at text not null,
  action text not null,
  body text not null,
  previous text not null,
  hash text not null
);

create function chain_consent() returns trigger language plpgsql as $$
declare
  head consent_head;
begin
  select * into head from consent_head for update;
  new.seq := head.seq + 1;
  new.at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  new.previous := head.hash;
  new.hash := encode(sha256(convert_to(concat_ws(E'\n', new.seq, new.at, new.previous, new.action, new.body), 'UTF8')), 'hex');
  update consent_head set seq = new.seq, hash = new.hash;
  return new;
end $$;
create trigger consent_audit_chained before insert on consent_audit for each row execute function chain_consent();

create function keep_consent_audit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit of consent is only ever added to';
end $$;
create trigger consent_audit_kept before update or delete or truncate on consent_audit
  for each statement execute function keep_consent_audit();
