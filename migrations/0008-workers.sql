-- Who runs jobs. A row is a sign of life: `seen_at` is written by the database's clock, since those of workers may differ by hours, and the
-- row of one that was silent for too long is swept. What it does stands in `jobs.worker`.
create table workers (
  id text primary key,
  host text not null,
  pid integer not null,
  lanes text[] not null,
  -- How many jobs of each lane run there at the same time, by lane.
  slots jsonb not null,
  -- What it can do: { operations: { trim: 2 }, models: [digest], provider }.
  capabilities jsonb not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- It takes no more jobs, ends those that it has, and goes.
  draining boolean not null default false,
  -- Why it takes no jobs at present, for people; null when it does.
  pressure text
);
create index workers_by_sight on workers (seen_at);

-- How often whoever ran a job was lost meanwhile, apart from `attempts`, which counts the tries that ended in a transient failure.
alter table jobs add column crashes integer not null default 0;
-- The last words of a job while it ran, so that they outlive whoever ran it.
alter table jobs add column log jsonb not null default '[]';
-- What waits for the hands of one worker is found without looking at every job.
create index jobs_of_worker on jobs (worker) where state = 'running';
