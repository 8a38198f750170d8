export const responses = `
create table responses (
  id text primary key,
  owner_id text not null,
  conversation text not null,
  messages text not null,
  body text not null,
  created_at integer not null
) strict, without rowid;
create index responses_created_at on responses (created_at);
`;
