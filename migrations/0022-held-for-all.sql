-- Everybody for whom a result is held: it comes back when none of them says no any more, and goes for good when any of them asks for that.
create table held_for (
  media_id bigint not null references held_media on delete cascade,
  person_id bigint not null references people,
  because text not null,
  held_at timestamptz not null default now(),
  primary key (media_id, person_id)
);
create index held_for_of_person on held_for (person_id);
insert into held_for select id, person_id, because, held_at from held_media;
alter table held_media drop column person_id, drop column because;

-- What a card shows, once its run has ended: the hashes and the recipes of the results. It is known when the run is removed.
alter table cards add column results text[] not null default '{}', add column recipes text[] not null default '{}';
update cards set
  results = array(select distinct result from jobs where jobs.run_id = cards.run_id and result is not null),
  recipes = array(select distinct recipe from jobs where jobs.run_id = cards.run_id and result is not null and not effect)
where run_id is not null and state <> 'living';
create index cards_without_run on cards (id) where run_id is null and state in ('finishing', 'finished');

-- Who claims a job says with `gated` that it asks whether everybody in it may be shown, by the epoch of the claim. A program from before the gate does not,
-- and finds no job.
alter table jobs add column gated integer not null default 0;
create function jobs_need_the_gate() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger jobs_gate before update of state on jobs for each row
  when (new.state = 'running' and old.state <> 'running' and new.gated <> new.epoch)
  execute function jobs_need_the_gate();
