export const personas = `
create table personas (
  -- the name in lower case: names are compared without regard to case
  key text primary key,
  name text not null,
  base text,
  adapter text,
  system text,
  template text,
  parameters text not null,
  messages text not null,
  licence text not null,
  knowledge text,
  pinned integer not null,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
create index personas_updated_at on personas (updated_at);
`;
