export const idempotency = `
create table idempotency (
  key text primary key,
  fingerprint text not null,
  claimed_at integer not null,
  -- null while the first run is under way
  reply text
) strict, without rowid;
create index idempotency_claimed_at on idempotency (claimed_at);
`;
