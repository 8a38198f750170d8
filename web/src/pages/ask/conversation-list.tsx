import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loading } from '../../components/loading.tsx';
import { askTexts } from '../../texts/ask.ts';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';
import { conversationsQuery } from './ask-queries.ts';
import { ConversationOptions } from './conversation-options.tsx';
import { hasAllWords } from './has-all-words.ts';

export interface ConversationListProps {
  openId: string | null;
  /** Called when one is opened, or a new one begun. */
  onOpen?: (() => void) | undefined;
}

/** The conversations of whoever is logged in, last changed first, with search. */
export function ConversationList({ openId, onOpen }: ConversationListProps) {
  const texts = useTexts(askTexts).conversations;
  const common = useTexts(commonTexts);
  const list = useInfiniteQuery(conversationsQuery(useConnection()));
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search.trim());
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  useEffect(() => {
    // What is searched for may be on any page.
    if (words !== '' && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [words, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const opening = onOpen === undefined ? {} : { onClick: onOpen };
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const found = all.filter(({ title }) => hasAllWords(title, words));
  return (
    <div className="conversations">
      <Link href="/" className="button new-conversation" {...opening}>
        <Icon name="plus" />
        {texts.create}
      </Link>
      <input
        type="search"
        aria-label={texts.search}
        placeholder={texts.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {list.isPending && <Loading what={texts.waiting} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && all.length === 0 && <p className="conversations-none">{texts.none}</p>}
      {all.length > 0 && found.length === 0 && !hasNextPage && (
        <p className="conversations-none">{texts.noMatch(words)}</p>
      )}
      <ul>
        {found.map((conversation) => (
          <li key={conversation.id} className={conversation.id === openId ? 'conversation open' : 'conversation'}>
            <Link
              href={`/ask/${encodeURIComponent(conversation.id)}`}
              aria-current={conversation.id === openId ? 'true' : undefined}
              {...opening}
            >
              {conversation.title}
            </Link>
            <ConversationOptions conversation={conversation} isOpen={conversation.id === openId} />
          </li>
        ))}
      </ul>
      {words === '' && hasNextPage && (
        <Button variant="plain" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </div>
  );
}
