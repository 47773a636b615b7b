-- Faces of people who consented to theirs being known, so that pictures and films which show them can be told. A template is 128 numbers, sealed
-- with a key that the database does not have (engine/consent/faces/seal.ts); it is in no other table, no log and no audit.
alter table consent_requests drop constraint consent_requests_kind_check;
alter table consent_requests add constraint consent_requests_kind_check
  check (kind in ('grant', 'review', 'namesake', 'opt in', 'opt out', 'erasure', 'objection', 'face'));
-- A question about a face that nobody named is about nobody in the register.
alter table consent_requests alter column person_id drop not null;

create table face_templates (
  request_id bigint primary key references consent_requests on delete cascade,
  person_id bigint not null references people,
  -- Which key sealed it.
  key_id text not null,
  sealed bytea not null,
  made_at timestamptz not null default now()
);
create index face_templates_of_person on face_templates (person_id);

-- Raised by every template that comes: what was looked at under an earlier one is looked at anew.
alter table consent_head add column faces bigint not null default 1;

-- What was seen in files from outside, so that each is looked at once. Never what a face looks like.
create table face_looks (
  hash text primary key references artifacts on delete cascade,
  faces_epoch bigint not null,
  faces integer not null check (faces >= 0),
  -- More than are looked at.
  more boolean not null,
  looked_at timestamptz not null default now()
);
create table face_findings (
  hash text not null references face_looks on delete cascade,
  person_id bigint not null references people,
  sure boolean not null,
  primary key (hash, person_id)
);
create index face_findings_of_person on face_findings (person_id);
