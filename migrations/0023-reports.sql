-- Somebody says that a film shows a person who should not be in it: a moderator sees to it. `text_hash` is the film's own, so that the same film
-- is reported once.
alter table consent_requests drop constraint consent_requests_kind_check;
alter table consent_requests add constraint consent_requests_kind_check
  check (kind in ('grant', 'review', 'namesake', 'opt in', 'opt out', 'erasure', 'objection', 'face', 'report'));
