-- What is written inside of files from outside: titles, chapters, subtitles, captions (engine/consent/file-words/). Read once a file and kept as long as its bytes, since
-- somebody who is named in it may say no later. Each text is {"place": "the title", "kind": "about" | "spoken" | "carried", "text": "…"}.
create table file_words (
  hash text primary key references artifacts on delete cascade,
  texts jsonb not null,
  read_at timestamptz not null default now()
);
