-- What an operation took before is asked of its latest jobs that really worked: behind a thousand recalled ones they must not be searched for.
create index jobs_worked on jobs (workspace, operation, id) where state = 'done' and not recalled;
