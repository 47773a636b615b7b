-- What FROM asks of media stands in columns of its own, so that an index answers. Filled when media are published; facts stay the truth.
alter table media
  add column name text,
  add column duration double precision,
  add column width integer,
  add column height integer,
  add column frames integer,
  -- Rounded to three decimals, as people write it: 23.976.
  add column fps double precision,
  add column codec text,
  add column container text,
  add column sound boolean,
  add column hertz integer,
  add column channels integer,
  add column bytes bigint,
  add column verb text,
  add column engine text,
  add column seed bigint,
  add column model text,
  -- Of prompt, file name and recipe: see engine/search/words.ts.
  add column words tsvector;

update media set
  duration = (facts ->> 'duration')::double precision,
  width = (facts ->> 'width')::integer,
  height = (facts ->> 'height')::integer,
  frames = (facts ->> 'frames')::integer,
  fps = round((facts -> 'rate' ->> 'num')::numeric / (facts -> 'rate' ->> 'den')::numeric, 3),
  codec = coalesce(facts ->> 'codec', facts -> 'audio' ->> 'codec'),
  container = facts ->> 'container',
  sound = coalesce(jsonb_typeof(facts -> 'audio') = 'object', false),
  hertz = (facts -> 'audio' ->> 'rate')::integer,
  channels = (facts -> 'audio' ->> 'channels')::integer,
  bytes = artifacts.bytes,
  name = (select names.name from names where media_id = media.id order by given_at desc, key limit 1)
from artifacts where artifacts.hash = media.hash;

update media set
  verb = jobs.operation,
  engine = jobs.arguments ->> 'generator',
  seed = (jobs.arguments ->> 'seed')::bigint,
  model = jobs.models -> 0 ->> 'name'
from jobs where jobs.id = media.job_id;

alter table media alter column bytes set not null;

-- Text without regard to case, by Unicode where the server can (all since PostgreSQL 17), not only by its locale, which may know ASCII alone.
do $$
declare
  found text := (
    select quote_ident(collname) from pg_collation
    where collname in ('pg_c_utf8', 'C.utf8', 'und-x-icu')
      and collencoding in (-1, pg_char_to_encoding(getdatabaseencoding())) and collisdeterministic
    order by collname = 'pg_c_utf8' desc, collname = 'C.utf8' desc limit 1);
begin
  execute format(
    'create function folded(words text) returns text language sql immutable strict parallel safe return lower(words collate %s)',
    coalesce(found, '"default"'));
end $$;

-- The last column orders what is equal in the one before it, so that a page is read off the index.
create index media_by_creation on media (workspace, created_at, id);
create index media_of_kind_by_creation on media (workspace, letter, created_at, number);
create index media_of_kind_by_duration on media (workspace, letter, duration, number);
create index media_of_kind_by_bytes on media (workspace, letter, bytes, number);
create index media_by_name on media (workspace, folded(name)) where name is not null;
-- The beginning alone: an index holds no long texts.
create index media_by_prompt on media (workspace, left(prompt, 200), id) where prompt is not null;
create index media_by_job on media (job_id) where job_id is not null;
create index media_by_words on media using gin (words) where words is not null;

create index jobs_by_creation on jobs (workspace, created_at, number);
create index jobs_at_work_first on jobs (workspace, (state = 'running'), number);
create index runs_by_creation on runs (workspace, created_at, number);

-- The words of a statement, to find it by. Written by the program, which knows letters of every script; here as far as SQL can.
alter table runs add column words tsvector;
do $$
declare
  unicode boolean := getdatabaseencoding() = 'UTF8';
begin
  update runs set words = array_to_tsvector(array(
    select distinct left(word, 64) from regexp_split_to_table(
      folded(case when unicode then regexp_replace(normalize(left(source, 4000), nfkd), '[\u0300-\u036f]+', '', 'g')
             else left(source, 4000) end),
      '[^[:alnum:]\u00c0-\uffff]+') as word
    where word <> ''));
  update media set words = array_to_tsvector(array(
    select distinct left(word, 64) from regexp_split_to_table(
      folded(case when unicode then regexp_replace(normalize(concat_ws(' ', prompt, source, left(recipe, 4000)), nfkd), '[\u0300-\u036f]+', '', 'g')
             else concat_ws(' ', prompt, source, left(recipe, 4000)) end),
      '[^[:alnum:]\u00c0-\uffff]+') as word
    where word <> ''))
  where coalesce(prompt, source, recipe) is not null;
end $$;
create index runs_by_words on runs using gin (words);

-- Every word that was ever used in a workspace, once, to mend typing errors by. Those of four letters and more: shorter ones are too alike.
create table words (
  workspace text not null references workspaces on delete cascade,
  word text collate "C" not null,
  primary key (workspace, word)
);
insert into words
  select workspace, word from runs, unnest(tsvector_to_array(words)) as word where word !~ '[0-9]' and length(word) > 3
  union
  select workspace, word from media, unnest(tsvector_to_array(words)) as word where word !~ '[0-9]' and length(word) > 3;
