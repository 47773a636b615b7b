-- In a chat where a film is a message of its own, what comes behind it in its place waited until the card that ran was taken away as well, of which a chat takes
-- only so many a minute. It is said from here on once its film is there; the rest of it holds nobody up.
alter table outbox add column said boolean not null default false;
drop index outbox_open;
create index outbox_open on outbox (surface, place, turn) where state in ('waiting', 'sending') and not said;
create index outbox_said on outbox (surface, place, turn) where state in ('waiting', 'sending') and said;
