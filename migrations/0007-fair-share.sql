-- Whose turn it is: the workspace that has the least running and has used the least lately, and in it the asker of whom that is true (engine/jobs/claim.ts).
-- `asker` is the user of the run's asker.
alter table jobs add column asker text not null default '';
update jobs set asker = coalesce(runs.asker ->> 'user', '') from runs where runs.id = jobs.run_id;

-- Who has something ready is found by skipping from one to the next, and what of theirs is the oldest stands first.
create index jobs_in_turn on jobs (lane, workspace, asker, id) where state = 'ready';
drop index jobs_to_claim;
-- Only of those that were tried, as all are that wait for their time: of all that are ready, the planner would take it for finding who has
-- something ready where it knows little of the table, and read it whole.
create index jobs_due on jobs (lane, not_before) where state = 'ready' and attempts > 0;
create index jobs_at_work on jobs (workspace, asker) where state = 'running';

-- When it last came into a worker's hands; `started_at` is the first time.
alter table jobs add column claimed_at timestamptz;

-- What was used of a lane, in seconds that halve every five minutes; `asker` is empty for the workspace as a whole.
create table shares (
  lane text not null check (lane in ('gpu', 'cpu', 'net')),
  workspace text not null,
  asker text not null,
  used double precision not null check (used >= 0),
  at timestamptz not null default now(),
  primary key (lane, workspace, asker)
);
