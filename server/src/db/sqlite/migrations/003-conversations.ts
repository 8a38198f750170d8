export const conversations = `
create table conversations (
  id text primary key,
  owner_id text not null,
  end_user text,
  title text not null,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
create index conversations_by_change on conversations (owner_id, end_user, updated_at, id);

create table messages (
  sequence integer primary key,
  id text not null unique,
  conversation_id text not null references conversations on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  text text not null,
  rewritten text,
  answer text,
  created_at integer not null
) strict;
create index messages_by_conversation on messages (conversation_id, sequence);

create table feedback (
  message_id text primary key references messages (id) on delete cascade,
  rating text not null check (rating in ('up', 'down')),
  comment text,
  correction text,
  created_at integer not null
) strict, without rowid;
`;
