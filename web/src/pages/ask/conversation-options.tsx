import { getConversation, type Conversation } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { fileNameFrom, saveFile } from '../../browser/save-file.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { useToast } from '../../components/toast.tsx';
import { askTexts } from '../../texts/ask.ts';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';
import { useDeleteConversation, useRenameConversation } from './ask-queries.ts';
import { conversationAsText } from './export-conversation.ts';

export interface ConversationOptionsProps {
  conversation: Conversation;
  isOpen: boolean;
}

/** Rename, export, delete. */
export function ConversationOptions({ conversation, isOpen }: ConversationOptionsProps) {
  const texts = useTexts(askTexts).conversations;
  const common = useTexts(commonTexts);
  const [shown, setShown] = useState<'rename' | 'remove' | null>(null);
  const connection = useConnection();
  const { showError } = useToast();
  const save = async (format: 'text' | 'data'): Promise<void> => {
    const whole = await getConversation(connection, conversation.id);
    const name = fileNameFrom(whole.title);
    if (format === 'text') saveFile(`${name}.md`, conversationAsText(whole), 'text/markdown');
    else saveFile(`${name}.json`, `${JSON.stringify(whole, null, 2)}\n`, 'application/json');
  };
  const hide = (): void => setShown(null);
  return (
    <>
      <Menu label={texts.options(conversation.title)} trigger={<Icon name="more" />}>
        {(close) => {
          const after = (action: () => void) => () => {
            close();
            action();
          };
          return (
            <>
              <Button variant="menu" icon="edit" onClick={after(() => setShown('rename'))}>
                {texts.rename}
              </Button>
              <Button variant="menu" icon="download" onClick={after(() => void save('text').catch(showError))}>
                {texts.exportText}
              </Button>
              <Button variant="menu" icon="download" onClick={after(() => void save('data').catch(showError))}>
                {texts.exportData}
              </Button>
              <Button variant="menu" icon="remove" onClick={after(() => setShown('remove'))}>
                {common.remove}
              </Button>
            </>
          );
        }}
      </Menu>
      {shown === 'rename' && <RenameDialog conversation={conversation} onClose={hide} />}
      {shown === 'remove' && <RemoveDialog conversation={conversation} isOpen={isOpen} onClose={hide} />}
    </>
  );
}

function RenameDialog({ conversation, onClose }: { conversation: Conversation; onClose(): void }) {
  const texts = useTexts(askTexts).conversations;
  const common = useTexts(commonTexts);
  const { show, showError } = useToast();
  const [title, setTitle] = useState(conversation.title);
  const rename = useRenameConversation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rename.mutate(
      { id: conversation.id, title: title.trim() },
      {
        onSuccess: () => {
          show(texts.renamed);
          onClose();
        },
        onError: showError,
      },
    );
  };
  return (
    <Dialog title={texts.renameTitle} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <Field label={texts.name}>
          {(control) => (
            <input {...control} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" disabled={title.trim() === '' || rename.isPending}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ conversation, isOpen, onClose }: ConversationOptionsProps & { onClose(): void }) {
  const texts = useTexts(askTexts).conversations;
  const common = useTexts(commonTexts);
  const { show, showError } = useToast();
  const [, go] = useLocation();
  const remove = useDeleteConversation();
  const confirm = (): void => {
    remove.mutate(conversation.id, {
      onSuccess: () => {
        show(texts.removed);
        onClose();
        if (isOpen) go('/');
      },
      onError: showError,
    });
  };
  return (
    <ConfirmDialog
      title={texts.removeTitle}
      detail={texts.removeDetail(conversation.title)}
      action={common.remove}
      isBusy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
