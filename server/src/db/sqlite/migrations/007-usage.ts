export const usage = `
create table usage (
  day text not null,
  user_id text not null,
  key_id text not null,
  model text not null,
  requests integer not null,
  prompt_tokens integer not null,
  cached_tokens integer not null,
  completion_tokens integer not null,
  primary key (day, user_id, key_id, model)
) strict, without rowid;
create index usage_by_user on usage (user_id, day);

alter table api_keys add column dialects text;
`;
