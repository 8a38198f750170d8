export const audit = `
create table audit (
  id text primary key,
  at integer not null,
  user_id text,
  username text,
  key_id text,
  action text not null,
  subject text,
  outcome text not null,
  address text,
  request_id text
) strict, without rowid;
create index audit_by_time on audit (at, id);
`;
