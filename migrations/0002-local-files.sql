-- What was seen of local files, so that a second look at an unchanged one costs a stat instead of reading it whole. `identity` is
-- device, inode, size, times to the nanosecond and the version that looked, as one text.
create table local_files (
  machine text not null,
  path text not null,
  identity text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  facts jsonb not null,
  recipe text,
  seen_at timestamptz not null default now(),
  primary key (machine, path)
);
