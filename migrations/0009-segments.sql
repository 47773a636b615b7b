-- Long frame work is divided when its clip is there: jobs of their own make a segment each, and the job that was divided waits for them and
-- joins them. They are no jobs that anybody asked for: whoever lists jobs leaves them out.
alter table jobs add column segment_of bigint references jobs on delete cascade;
create index jobs_segments on jobs (segment_of) where segment_of is not null;
