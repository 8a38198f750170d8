export const accounts = `
create table users (
  id text primary key,
  username text not null,
  username_lower text not null unique,
  role text not null check (role in ('admin', 'member')),
  group_names text not null,
  password_hash text not null,
  session_version integer not null,
  disabled integer not null check (disabled in (0, 1)),
  created_at integer not null
) strict, without rowid;
create index users_by_creation on users (created_at, id);

create table api_keys (
  id text primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  scopes text not null,
  collections text,
  models text,
  requests_per_minute integer,
  tokens_per_day integer,
  expires_at integer,
  last_used_at integer,
  created_at integer not null,
  secret_hash text not null
) strict, without rowid;
create index api_keys_by_creation on api_keys (created_at, id);
create index api_keys_by_user on api_keys (user_id, created_at, id);

create table refresh_tokens (
  hash text primary key,
  family_id text not null,
  user_id text not null references users on delete cascade,
  session_version integer not null,
  expires_at integer not null,
  used_at integer
) strict, without rowid;
create index refresh_tokens_by_family on refresh_tokens (family_id);
create index refresh_tokens_by_user on refresh_tokens (user_id);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

create table secrets (
  name text primary key,
  value blob not null
) strict, without rowid;
`;
