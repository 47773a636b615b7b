-- Which of a workspace's runs comes first when it is its turn: 1 before 0 before -1. Jobs keep it beside them, for the claim.
alter table runs add column priority smallint not null default 0 check (priority between -1 and 1);
alter table jobs add column priority smallint not null default 0 check (priority between -1 and 1);
drop index jobs_in_turn;
create index jobs_in_turn on jobs (lane, workspace, asker, priority desc, id) where state = 'ready';

-- What was used of workers, by the hour in which it ended, for what a day may take; `asker` is empty for the workspace as a whole.
create table usage (
  workspace text not null,
  asker text not null,
  hour timestamptz not null,
  seconds double precision not null check (seconds >= 0),
  primary key (workspace, asker, hour)
);

-- By whom it was made or taken in first, since what each keeps may be limited; empty where nobody knows.
alter table media add column asker text not null default '';
update media set asker = jobs.asker from jobs where jobs.id = media.job_id;
create index media_kept on media (workspace, asker) include (bytes);

-- A job that was divided is at work while its segments are.
drop index jobs_at_work_first;
create index jobs_at_work_first on jobs (
  workspace, (state = 'running' or (state = 'blocked' and started_at is not null)), number);

-- Whether anybody is kept from running jobs, which every claim asks.
create index settings_of_turns on settings (name)
  where name in ('running.workspace', 'running.asker', 'minutes.workspace', 'minutes.asker');

-- What a worker must serve, know and have to do a job, as one short word: there are few, however many jobs wait, so that a worker which can do
-- none of them learns it without reading the jobs. An index of its own order only: beginning with the lane it would be taken for finding whose
-- turn it is while the table is new, and sort all that waits.
alter table jobs add column needs text generated always as (md5(
  lane || ' ' || operation || ' ' || version::text || ' ' || models::text
  || coalesce(jsonb_path_query_array(arguments, '$.stages[*].operation')::text, '')
  || coalesce(jsonb_path_query_array(arguments, '$.stages[*].version')::text, ''))) stored;
create index jobs_needs on jobs (needs) where state = 'ready';
