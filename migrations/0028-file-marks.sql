-- What the marks in the frames of files from outside lead back to: the recipes of work that was done here, with the workspace that did it. A film whose file was stripped of all that it said comes back as what it
-- is, so that it cannot be used as if nobody in it had said no. Looked for once a file, and only where somebody did.
create table file_marks (
  hash text primary key references artifacts on delete cascade,
  made jsonb not null check (jsonb_typeof(made) = 'array'),
  looked_at timestamptz not null default now()
);
