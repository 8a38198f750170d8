import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Loading } from './loading.tsx';

export interface PagedListProps<Item> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: readonly Item[]; next: string | null }>>;
  /** What is waited for. */
  what: string;
  /** Shown when there is nothing. */
  empty: ReactNode;
  children(items: readonly Item[]): ReactNode;
}

/** A list that comes page by page: waiting, failed, empty, or its items with a way to more of them. */
export function PagedList<Item>({ query, what, empty, children }: PagedListProps<Item>) {
  const texts = useTexts(commonTexts);
  if (query.isPending) return <Loading what={what} />;
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !query.hasNextPage) return empty;
  return (
    <>
      {children(items)}
      {query.hasNextPage && (
        <div className="list-more">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  );
}
