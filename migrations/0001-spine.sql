-- Everything belongs to a workspace, is numbered there, and is never seen from another one.
create table workspaces (
  name text primary key check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

-- The last number given out: g groups, j jobs, v videos, i images, a audio, t texts. Taken inside the transaction that
-- uses it, under the workspace's row lock, so numbers neither collide nor leave gaps.
create table counters (
  workspace text not null references workspaces on delete cascade,
  letter text not null check (letter in ('g', 'j', 'v', 'i', 'a', 't')),
  last integer not null check (last > 0),
  primary key (workspace, letter)
);

-- Bytes that the artifact store holds, by SHA-256. Known to all workspaces together; who may see them says `media`.
create table artifacts (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('video', 'image', 'audio', 'text')),
  facts jsonb not null,
  bytes bigint not null check (bytes >= 0),
  created_at timestamptz not null default now()
);

-- A plan being executed; people see it as a group. `stopping` says that a job failed or somebody cancelled: nothing
-- new of it starts, what runs may finish.
create table runs (
  id bigint generated always as identity primary key,
  workspace text not null references workspaces on delete cascade,
  number integer not null check (number > 0),
  source text not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled')),
  stopping boolean not null default false,
  asker jsonb not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (workspace, number),
  check ((finished_at is null) = (state = 'running'))
);

-- A step of a run. `epoch` rises whenever the job changes hands: a worker that lost its job writes with an old epoch and
-- matches no row. `changed` is drawn anew at each change, so that a watcher reads only what it has not seen.
create sequence job_changes;
create table jobs (
  id bigint generated always as identity primary key,
  workspace text not null references workspaces on delete cascade,
  number integer not null check (number > 0),
  run_id bigint not null references runs on delete cascade,
  step text not null,
  position integer not null,
  statement integer not null,
  operation text not null,
  version integer not null,
  arguments jsonb not null,
  models jsonb not null,
  lane text not null check (lane in ('gpu', 'cpu', 'net')),
  gives text check (gives in ('video', 'image', 'audio', 'text')),
  effect boolean not null,
  name text,
  title text not null,
  recipe text not null,
  state text not null check (state in ('blocked', 'ready', 'running', 'done', 'failed', 'cancelled')),
  changed bigint not null default nextval('job_changes'),
  epoch integer not null default 0,
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  lease_until timestamptz,
  worker text,
  work_key text,
  recalled boolean not null default false,
  -- What it made (artifact hash), or for an effect what it was done to.
  result text,
  -- Of an effect: where the file stands, where it was sent.
  path text,
  url text,
  notes jsonb not null default '[]',
  details jsonb not null default '{}',
  -- { kind, code, message, hint } of the last failure.
  failure jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  unique (workspace, number),
  unique (run_id, step),
  check ((lease_until is null) = (state <> 'running'))
);
create index jobs_of_run on jobs (run_id, changed);
create index jobs_alive on jobs (run_id) where state in ('blocked', 'ready', 'running');
create index jobs_to_claim on jobs (lane, id) where state = 'ready';
create index jobs_leased on jobs (lease_until) where state = 'running';
create index jobs_by_operation on jobs (workspace, operation, id) where state = 'done';
-- Equal work of one workspace runs once at a time: the second claim fails here, waits, and recalls.
create unique index jobs_in_flight on jobs (workspace, work_key) where state = 'running' and work_key is not null;

-- What a job reads: an artifact that was there, or what an earlier job gives.
create table job_inputs (
  job_id bigint not null references jobs on delete cascade,
  position integer not null,
  role text not null,
  from_job bigint references jobs on delete cascade,
  hash text,
  primary key (job_id, position),
  check ((from_job is null) <> (hash is null))
);
create index job_inputs_by_source on job_inputs (from_job);

-- Media that people see as v1, i1, a1, t1. Equal bytes are one id. `job_id` is null for what came from a file.
create table media (
  id bigint generated always as identity primary key,
  workspace text not null references workspaces on delete cascade,
  letter text not null check (letter in ('v', 'i', 'a', 't')),
  number integer not null check (number > 0),
  hash text not null references artifacts,
  job_id bigint references jobs on delete set null,
  -- Canonical PQL that makes it from source files; null for a source file itself.
  recipe text,
  prompt text,
  -- Name of the file it was taken in from; null for what was made here.
  source text,
  created_at timestamptz not null default now(),
  unique (workspace, letter, number),
  unique (workspace, hash)
);
create index media_by_hash on media (hash);

-- AS names; the latest wins. `key` is the name in lower case.
create table names (
  workspace text not null references workspaces on delete cascade,
  key text not null,
  name text not null,
  media_id bigint not null references media on delete cascade,
  given_at timestamptz not null default now(),
  primary key (workspace, key)
);
create index names_of_media on names (media_id);

-- Finished work by work key, to be recalled as long as the artifact is there. By workspace, since a recall tells that
-- somebody made the same before.
create table works (
  workspace text not null references workspaces on delete cascade,
  work_key text not null,
  hash text not null references artifacts on delete cascade,
  notes jsonb not null,
  details jsonb not null,
  made_at timestamptz not null default now(),
  primary key (workspace, work_key)
);
create index works_by_hash on works (hash);

create table settings (
  workspace text not null references workspaces on delete cascade,
  name text not null,
  value text not null,
  changed_at timestamptz not null default now(),
  primary key (workspace, name)
);

-- Files written by TO, by absolute path: they may be replaced by the same bytes without OVERWRITE.
create table exports (
  workspace text not null references workspaces on delete cascade,
  path text not null,
  hash text not null,
  job_id bigint references jobs on delete set null,
  written_at timestamptz not null default now(),
  primary key (workspace, path)
);
