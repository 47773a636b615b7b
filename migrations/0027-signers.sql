-- Certificates that content credentials were ever signed with here, with the SHA-256 by which signed_copies names them. One that was replaced signs nothing any more, and what it
-- signed is still ours: VERIFY says so. Public by nature; keys are never here.
create table signers (
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  certificate text not null check (certificate like '-----BEGIN CERTIFICATE-----%'),
  first_used timestamptz not null default now()
);
