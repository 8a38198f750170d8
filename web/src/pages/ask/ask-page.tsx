import { useState } from 'react';
import { useLocation } from 'wouter';
import { Dialog } from '../../components/dialog.tsx';
import { IconButton } from '../../components/button.tsx';
import { SourceViewer, type SourceSpan } from '../../sources/source-viewer.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';
import { Composer, type AskSettings } from './composer.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ModelNotice } from './model-notice.tsx';
import { Thread } from './thread.tsx';
import { useConversation } from './use-conversation.ts';
import './answers.css';
import './ask.css';

/** Asking: the conversations beside the one that is open, and the question below it. */
export function AskPage() {
  const texts = useTexts(askTexts);
  const [location, go] = useLocation();
  const id = conversationIdIn(location);
  const [isListOpen, setListOpen] = useState(false);
  const [shownSource, setShownSource] = useState<SourceSpan | null>(null);
  const [draft, setDraft] = useState('');
  const [settings, setSettings] = useState<AskSettings>({ model: null, collections: [] });
  const conversation = useConversation(id, (next) => go(`/ask/${next}`, { replace: true }));
  const ask = (question: string): void => conversation.ask({ question, ...settings });
  return (
    <div className="ask">
      <aside className="ask-side" aria-label={texts.conversations.title}>
        <ConversationList openId={id} />
      </aside>
      <div className="ask-main">
        <div className="ask-bar">
          <IconButton icon="menu" label={texts.conversations.open} onClick={() => setListOpen(true)} />
          <p className="ask-title">{conversation.title}</p>
          <IconButton icon="plus" label={texts.conversations.create} onClick={() => go('/')} />
        </div>
        <Thread conversation={conversation} onShowSource={setShownSource} onEdit={setDraft} onAsk={ask} />
        <div className="ask-foot">
          <ModelNotice />
          <Composer
            draft={draft}
            onDraft={setDraft}
            settings={settings}
            onSettings={setSettings}
            isBusy={conversation.isBusy}
            onAsk={ask}
            onStop={conversation.stop}
          />
        </div>
      </div>
      {isListOpen && (
        <Dialog title={texts.conversations.title} onClose={() => setListOpen(false)}>
          <ConversationList openId={id} onOpen={() => setListOpen(false)} />
        </Dialog>
      )}
      {shownSource !== null && <SourceViewer source={shownSource} onClose={() => setShownSource(null)} />}
    </div>
  );
}

function conversationIdIn(location: string): string | null {
  const [, first, id] = location.split('/');
  return first === 'ask' && id !== undefined && id !== '' ? decodeURIComponent(id) : null;
}
