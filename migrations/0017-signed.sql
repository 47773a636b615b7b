-- Copies of media that carry content credentials, as they go out of the house: by whose certificate, which has its SHA-256 here. Bytes of a work stay the same
-- whoever makes them; a signature never is, so the first that was made is what leaves from then on. They go when what they are of goes.
create table signed_copies (
  workspace text not null references workspaces on delete cascade,
  of text not null references artifacts on delete cascade,
  signer text not null check (signer ~ '^[0-9a-f]{64}$'),
  hash text not null references artifacts,
  made_at timestamptz not null default now(),
  primary key (workspace, of, signer)
);
create index signed_copies_by_of on signed_copies (of);
create index signed_copies_by_hash on signed_copies (hash);
