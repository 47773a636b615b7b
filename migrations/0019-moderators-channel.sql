-- What moderators have to decide, as cards in a channel of theirs. Such a card is of a request instead of a run; its life is told in
-- engine/consent/channel/request-cards.ts.
alter table cards add column request_id bigint references consent_requests on delete cascade;
alter table cards add constraint cards_of_one check (request_id is null or run_id is null);
-- Rises whenever what such a card shows changes, so that whoever drew it knows whether it drew the latest.
alter table cards add column changes integer not null default 0;
-- When such a card is to be drawn anew although nothing happened: it has become overdue, or could not be drawn.
alter table cards add column draw_at timestamptz;
create unique index cards_of_request on cards (request_id, surface) where request_id is not null;
create index cards_to_draw on cards (surface, draw_at) where draw_at is not null;

-- Whoever changes a request, wherever they do it, has its cards drawn anew: no way to decide can forget them.
create function draw_request_anew() returns trigger language plpgsql as $$
begin
  update cards set changes = changes + 1, state = case state when 'finished' then 'living' else state end
  where request_id = (to_jsonb(new) ->> tg_argv[0])::bigint;
  return null;
end $$;
create trigger consent_request_drawn after update on consent_requests for each row
  when (old.* is distinct from new.*) execute function draw_request_anew('id');
create trigger consent_decision_drawn after insert on consent_decisions for each row
  execute function draw_request_anew('request_id');
create trigger public_request_drawn after insert or update on public_requests for each row
  execute function draw_request_anew('request_id');
