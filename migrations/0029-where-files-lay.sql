-- Where a file lay that was taken in: its folders, as the statement said them, without its own name. A folder may say who is in a film that says it
-- nowhere else, and somebody who is named there may say no later. Null for what lay in no folder, what came with a message or from a link (which is kept
-- nowhere), and what was made here.
alter table media add column place text;
