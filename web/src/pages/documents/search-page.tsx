import { listPassages, search, type FoundPassage } from '@billumy/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loading } from '../../components/loading.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useToast } from '../../components/toast.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { documentTexts } from '../../texts/documents.ts';
import { formatPercent } from '../../texts/formats.ts';
import { useTexts } from '../../texts/translated.ts';
import { collectionsQuery } from '../../api/collections-query.ts';

const limit = 20;

/** What a question would be answered from, and how each way of searching ranked it. */
export function SearchPage() {
  const all = useTexts(documentTexts);
  const texts = all.search;
  const connection = useConnection();
  const { data: collections = [] } = useQuery(collectionsQuery(connection));
  const [query, setQuery] = useState('');
  const [collection, setCollection] = useState('');
  const found = useMutation({
    mutationFn: () => search(connection, { query, limit, ...(collection === '' ? {} : { collections: [collection] }) }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    found.mutate();
  };
  return (
    <div className="page">
      <Link className="back" href="/documents">
        {all.view.back}
      </Link>
      <PageHeader title={texts.title} lead={texts.lead} />
      <form className="search-form" role="search" onSubmit={submit}>
        <Field label={texts.query}>
          {(control) => (
            <input
              {...control}
              type="search"
              required
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
        <Field label={all.list.collection}>
          {(control) => (
            <select {...control} value={collection} onChange={(event) => setCollection(event.target.value)}>
              <option value="">{all.list.all}</option>
              {collections.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" variant="primary" icon="search" disabled={found.isPending}>
          {texts.submit}
        </Button>
      </form>
      {found.isPending && <Loading what={texts.waiting} />}
      {found.isError && <ErrorNotice error={found.error} onRetry={() => found.mutate()} />}
      {found.isSuccess && (
        <section aria-label={texts.results} aria-live="polite" className="results">
          {found.data.degraded !== null && (
            <div className="notice warning">
              <Icon name="warning" />
              <p className="notice-body">{texts.degraded}</p>
            </div>
          )}
          {found.data.passages.length === 0 ? (
            <EmptyState icon="search" title={texts.none} detail={texts.noneDetail} />
          ) : (
            <ol>
              {found.data.passages.map((passage) => (
                <Result key={`${passage.document.id}-${passage.start}`} passage={passage} />
              ))}
            </ol>
          )}
        </section>
      )}
    </div>
  );
}

function Result({ passage }: { passage: FoundPassage }) {
  const texts = useTexts(documentTexts).search;
  const view = useTexts(documentTexts).view;
  const connection = useConnection();
  const toast = useToast();
  const [, navigate] = useLocation();
  const { language } = useLanguage();
  const { document, collection, section, page, text, score, lexical, dense, coverage } = passage;
  const number = new Intl.NumberFormat(localeOf[language], { maximumSignificantDigits: 3 });
  const open = (): void =>
    void numberOf(passage).then((found) => navigate(`/documents/d/${document.id}/${found}`), toast.showError);

  /** Passages are named by where they begin; the page of a document counts them. */
  async function numberOf({ document: { id, revision }, start }: FoundPassage): Promise<number> {
    for (let after: number | undefined = 0; after !== undefined;) {
      const { items, next } = await listPassages(connection, { id, revision, after });
      const item = items.find((each) => each.start === start);
      if (item !== undefined) return item.number;
      after = next ?? undefined;
    }
    return 0;
  }

  return (
    <li className="panel result">
      <h2>
        <button type="button" className="link" onClick={open}>
          {document.title}
        </button>
      </h2>
      <p className="passage-head">
        <span className="badge">{collection}</span>
        {page !== null && <span>{view.page(page)}</span>}
        {section.length > 0 && <span>{section.join(' › ')}</span>}
      </p>
      <p className="passage-text">{text}</p>
      <dl className="scores">
        <Score name={texts.score} value={number.format(score)} />
        <Score
          name={texts.lexical}
          value={lexical === null ? texts.notFound : texts.leg(lexical.rank, number.format(lexical.score))}
        />
        <Score
          name={texts.dense}
          value={dense === null ? texts.notFound : texts.leg(dense.rank, number.format(dense.score))}
        />
        <Score name={texts.coverage} value={formatPercent(coverage, localeOf[language])} />
      </dl>
    </li>
  );
}

function Score({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
