import { Suspense, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/session-context.tsx';
import { pageAt, pagesFor, type PageEntry } from '../pages/pages.ts';
import { shellTexts } from '../texts/shell.ts';
import { useTexts } from '../texts/translated.ts';
import { AccountMenu } from './account-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Icon } from './icon.tsx';
import { Loading } from './loading.tsx';

/** What stands around every page: skip link, navigation, account. The navigation is a bar at the bottom on phones. */
export function Shell() {
  const me = useMe();
  const texts = useTexts(shellTexts);
  const [location] = useLocation();
  const entries = pagesFor(me.scopes);
  const page = pageAt(location, entries);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = page === undefined ? 'Billumy' : `${texts.pages[page.name]} · Billumy`;
  }, [page, texts]);
  return (
    <div className="shell">
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        {texts.skip}
      </button>
      <header className="shell-side">
        <div className="brand">
          <Icon name="brand" />
          <span>Billumy</span>
        </div>
        <nav aria-label={texts.navigation}>
          <ul className="navigation">
            {entries.map((entry) => (
              <li key={entry.name}>
                <Link href={entry.path} className="navigation-link" aria-current={entry === page ? 'page' : undefined}>
                  <Icon name={entry.icon} />
                  <span>{texts.pages[entry.name]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <AccountMenu />
      </header>
      <main className="shell-main" ref={main} tabIndex={-1}>
        <Content page={page} hasPages={entries.length > 0} />
      </main>
    </div>
  );
}

function Content({ page, hasPages }: { page: PageEntry | undefined; hasPages: boolean }) {
  const texts = useTexts(shellTexts);
  if (!hasPages) return <EmptyState icon="lock" title={texts.noPages.title} detail={texts.noPages.detail} />;
  if (page === undefined) {
    return (
      <EmptyState icon="search" title={texts.notFound.title} detail={texts.notFound.detail}>
        <Link href="/" className="button">
          {texts.notFound.back}
        </Link>
      </EmptyState>
    );
  }
  const { Page } = page;
  return (
    <ErrorBoundary key={page.name}>
      <Suspense fallback={<Loading what={texts.pages[page.name]} />}>
        <Page />
      </Suspense>
    </ErrorBoundary>
  );
}
