-- A program from before the gate of consent was told from others by a trigger (0022), before which PostgreSQL locks the row once more: an eighth of each claim and
-- each end of a job. A constraint is judged where the row is at hand, and says what to do.
drop trigger jobs_gate on jobs;
drop function jobs_need_the_gate();

-- What such a program still has in hand it may end.
update jobs set gated = epoch where state = 'running' and gated <> epoch;

create function jobs_need_the_gate() returns boolean language plpgsql as $$
begin raise exception 'this program is older than its database, which gives it no work: update it'; end $$;
alter table jobs add constraint jobs_gated check (state <> 'running' or gated = epoch or jobs_need_the_gate());
