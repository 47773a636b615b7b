-- The cache is the finished work that `works` remembers. When it was last made or recalled, so that PURGE CACHE OLDER THAN can let go of
-- what nobody used; and by which operation, for SHOW CACHE, since the jobs that made it may be removed.
alter table works add column used_at timestamptz not null default now();
alter table works add column operation text;
update works set used_at = made_at;
update works set operation = jobs.operation from jobs
where jobs.workspace = works.workspace and jobs.work_key = works.work_key;

-- Bytes that lost their last row, written down in the transaction that deleted it and until their file is gone: whoever is killed in
-- between leaves a row that the next sweep finds.
create table freed (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  freed_at timestamptz not null default now()
);

-- Removing a run lets its exports forget their jobs: without this, each job reads the table whole.
create index exports_of_job on exports (job_id) where job_id is not null;
