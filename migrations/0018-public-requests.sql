-- What people outside ask on the public page: to be left out, or to be shown. They have no account: a secret link is all they hold, of which the
-- hash is kept. What they wrote stands here and in no audit, so that it can be deleted.
alter table consent_requests drop constraint consent_requests_kind_check;
alter table consent_requests add constraint consent_requests_kind_check
  check (kind in ('grant', 'review', 'namesake', 'opt in', 'opt out', 'erasure', 'objection'));
alter table consent_requests drop constraint consent_requests_state_check;
alter table consent_requests add constraint consent_requests_state_check
  check (state in ('open', 'escalated', 'approved', 'denied', 'revoked', 'withdrawn'));

-- The objection that an opt-out rests on until moderators confirm it; null for one that stands by itself.
alter table opt_outs add column rests_on bigint references consent_requests on delete set null;
create index opt_outs_resting on opt_outs (rests_on) where rests_on is not null and ended_at is null;

create table public_requests (
  request_id bigint primary key references consent_requests on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  -- That what was made be deleted, which is a request of its own.
  erasure_id bigint references consent_requests on delete set null,
  message text,
  appeal text,
  appealed_at timestamptz,
  -- When what was sent was deleted.
  cleared_at timestamptz
);
create index public_requests_of_erasure on public_requests (erasure_id) where erasure_id is not null;

-- By which a moderator reads evidence; over after minutes.
create table evidence_links (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  hash text not null references consent_evidence on delete cascade,
  request_id bigint not null references consent_requests on delete cascade,
  moderator text not null,
  expires_at timestamptz not null
);
create index evidence_links_by_hash on evidence_links (hash);
create index evidence_links_over on evidence_links (expires_at);
