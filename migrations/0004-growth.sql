-- A plan may grow while it runs: the job that makes a list says in `grows` what is done with each thing in it, and the jobs
-- that come of it say in `grown_from` which list they are of. Both happen in the transaction that ends the list's job, so
-- they happen once.
alter table jobs add column grows jsonb;
alter table jobs add column grown_from bigint references jobs on delete cascade;
create index jobs_grown on jobs (grown_from) where grown_from is not null;

-- What comes of each thing in the list that `from_job` makes: as many inputs as there are things, once it is known.
alter table job_inputs add column every boolean not null default false;

-- AT MOST: of the jobs of a run with the same `throttle`, at most `at_most` run at the same time. A running one holds a slot of
-- its own, numbered from 1; two claims of one slot break the index, and the second looks again.
alter table jobs add column throttle text;
alter table jobs add column at_most integer check (at_most > 0);
alter table jobs add column slot integer check (slot > 0);
alter table jobs add constraint jobs_throttled check ((throttle is null) = (at_most is null));
alter table jobs add constraint jobs_slotted check (throttle is null or state <> 'running' or slot is not null);
create unique index jobs_slots on jobs (run_id, throttle, slot) where state = 'running' and throttle is not null;
