export const insights = `
create table datasets (
  id text primary key,
  owner_id text not null,
  name text not null,
  format text not null,
  csv text not null,
  bytes integer not null,
  digest text not null,
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;
create index datasets_by_owner on datasets (owner_id, created_at, id);
create index datasets_by_end on datasets (expires_at);

create table insight_reports (
  id text primary key,
  owner_id text not null,
  status text not null,
  question text,
  headline text,
  report text not null,
  created_at integer not null,
  expires_at integer not null
) strict;
create index insight_reports_by_owner on insight_reports (owner_id, created_at, id);
create index insight_reports_by_end on insight_reports (expires_at);

alter table personas add column insights integer not null default 0;
`;
