export const documents = `
create table documents (
  id text primary key,
  owner_id text not null,
  revision integer not null,
  latest_revision integer not null,
  identity text unique,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
create index documents_by_creation on documents (created_at, id);

create table document_revisions (
  document_id text not null references documents on delete cascade,
  revision integer not null,
  status text not null check (status in ('processing', 'ready', 'failed')),
  error_code text,
  error_detail text,
  identity text not null,
  collection text not null,
  title text,
  media_type text not null,
  file_name text,
  metadata text not null,
  readers text not null,
  content_hash text not null,
  bytes integer not null,
  passage_count integer not null default 0,
  page_count integer,
  language text,
  primary key (document_id, revision)
) strict, without rowid;

create view documents_seen as
select
  d.id, d.owner_id, d.revision, d.latest_revision, d.created_at, d.updated_at,
  shown.collection, shown.title, shown.media_type, shown.file_name, shown.metadata, shown.readers,
  shown.passage_count, shown.page_count, shown.language,
  latest.status, latest.error_code, latest.error_detail, latest.content_hash, latest.bytes
from documents d
join document_revisions shown
  on shown.document_id = d.id and shown.revision = iif(d.revision = 0, d.latest_revision, d.revision)
join document_revisions latest on latest.document_id = d.id and latest.revision = d.latest_revision;
`;
