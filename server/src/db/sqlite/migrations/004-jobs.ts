export const jobs = `
create table jobs (
  id text primary key,
  kind text not null,
  owner_id text not null,
  status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  payload text not null,
  done integer not null,
  total integer not null,
  step text,
  checkpoint text not null,
  attempts integer not null,
  lease_until integer,
  error_code text,
  error_detail text,
  result text,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
create index jobs_by_creation on jobs (created_at, id);
create index jobs_waiting on jobs (created_at, id) where status in ('queued', 'running');
`;
