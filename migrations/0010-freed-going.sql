-- Since when the file of freed bytes is being unlinked; null while nobody does. Nobody gives the bytes a row before the unlinking has ended,
-- so that no lock is held while a store far away is asked, and a request on its way can hurt nobody.
alter table freed add column going_at timestamptz;
