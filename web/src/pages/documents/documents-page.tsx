import { useQuery } from '@tanstack/react-query';
import { Link, Route, Switch } from 'wouter';
import { useConnection, useMe } from '../../api/session-context.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { documentTexts } from '../../texts/documents.ts';
import { useTexts } from '../../texts/translated.ts';
import { collectionsQuery } from '../../api/collections-query.ts';
import { DocumentList } from './document-list.tsx';
import { DocumentView } from './document-view.tsx';
import './documents.css';
import { SearchPage } from './search-page.tsx';
import { AddDocuments } from './upload/add-documents.tsx';
import { UploadPanel } from './upload/upload-panel.tsx';

/** What answers come from: adding, looking at and removing documents, and trying how they are found. */
export function DocumentsPage() {
  return (
    <Switch>
      <Route path="/documents/search">
        <SearchPage />
      </Route>
      <Route path="/documents/d/:id/:passage?">
        {({ id, passage }) => <DocumentView key={id} id={id} passage={Number(passage ?? 0)} />}
      </Route>
      <Route>
        <Library />
      </Route>
    </Switch>
  );
}

function Library() {
  const texts = useTexts(documentTexts);
  const { scopes } = useMe();
  const { data: collections = [] } = useQuery(collectionsQuery(useConnection()));
  const names = collections.map(({ name }) => name);
  const mayAdd = scopes.includes('ingest');
  return (
    <div className="page">
      <PageHeader title={texts.title} lead={texts.lead}>
        <Link className="button secondary" href="/documents/search">
          {texts.trySearch}
        </Link>
      </PageHeader>
      {mayAdd && <AddDocuments collections={names} />}
      <UploadPanel />
      <DocumentList collections={names} mayChange={mayAdd} />
    </div>
  );
}
