/** A table cannot be given another check, so the jobs move into a new one. */
export const training = `
create table jobs_with_phases (
  id text primary key,
  kind text not null,
  owner_id text not null,
  status text not null
    check (status in ('queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled', 'rejected')),
  payload text not null,
  done integer not null,
  total integer not null,
  step text,
  figures text,
  checkpoint text not null,
  attempts integer not null,
  lease_until integer,
  error_code text,
  error_detail text,
  result text,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
insert into jobs_with_phases
  select id, kind, owner_id, status, payload, done, total, step, null, checkpoint, attempts, lease_until, error_code,
    error_detail, result, created_at, updated_at from jobs;
drop table jobs;
alter table jobs_with_phases rename to jobs;
create index jobs_by_creation on jobs (created_at, id);
create index jobs_waiting on jobs (created_at, id) where status in ('queued', 'running');

create table training_sets (
  id text primary key,
  owner_id text not null,
  examples integer not null,
  parts integer not null,
  created_at integer not null
) strict, without rowid;
create table training_parts (
  set_id text not null references training_sets (id) on delete cascade,
  number integer not null,
  examples text not null,
  primary key (set_id, number)
) strict;

create table training_versions (
  id text primary key,
  base text not null,
  base_sha256 text not null,
  adapter text not null,
  bytes integer not null,
  job_id text not null,
  owner_id text not null,
  data text not null,
  gate text not null,
  override text,
  created_at integer not null
) strict, without rowid;
create index training_versions_by_creation on training_versions (created_at, id);
create table versions_in_force (
  base text primary key,
  version_id text,
  earlier text not null,
  revision integer not null,
  changed_at integer not null,
  changed_by text not null
) strict, without rowid;
`;
