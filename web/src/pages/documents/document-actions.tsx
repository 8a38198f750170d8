import { downloadDocument, type Document } from '@billumy/protocol';
import { useState } from 'react';
import { useConnection } from '../../api/session-context.tsx';
import { saveBlob } from '../../browser/save-file.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { useToast } from '../../components/toast.tsx';
import { commonTexts } from '../../texts/common.ts';
import { documentTexts } from '../../texts/documents.ts';
import { useTexts } from '../../texts/translated.ts';
import { DescribeDialog } from './describe-dialog.tsx';
import { useDeleteDocument } from './document-queries.ts';

export interface DocumentActionsProps {
  document: Document;
  mayChange: boolean;
  /** After it is deleted. */
  onDeleted?(): void;
}

/** What can be done with a document. */
export function DocumentActions({ document, mayChange, onDeleted }: DocumentActionsProps) {
  const texts = useTexts(documentTexts).actions;
  const common = useTexts(commonTexts);
  const connection = useConnection();
  const toast = useToast();
  const [shown, setShown] = useState<'describe' | 'delete' | null>(null);
  const remove = useDeleteDocument();
  const { id, title, file_name: fileName } = document;

  const download = (): void =>
    void downloadDocument(connection, id).then((file) => saveBlob(fileName ?? title, file), toast.showError);
  const confirmDelete = (): void =>
    remove.mutate(id, {
      onSuccess: () => {
        toast.show(texts.deleted);
        onDeleted?.();
      },
      onError: toast.showError,
      onSettled: () => setShown(null),
    });
  return (
    <>
      <Menu label={texts.open(title)} trigger={<Icon name="more" />} className="row-menu">
        {(close) => (
          <div className="menu-list">
            <Button variant="menu" icon="download" onClick={() => (download(), close())}>
              {texts.download}
            </Button>
            {mayChange && (
              <>
                <Button variant="menu" icon="edit" onClick={() => (setShown('describe'), close())}>
                  {texts.describe}
                </Button>
                <Button variant="menu" icon="remove" onClick={() => (setShown('delete'), close())}>
                  {common.remove}
                </Button>
              </>
            )}
          </div>
        )}
      </Menu>
      {shown === 'describe' && <DescribeDialog document={document} onClose={() => setShown(null)} />}
      {shown === 'delete' && (
        <ConfirmDialog
          title={texts.deleteTitle}
          detail={texts.deleteDetail(title)}
          action={common.remove}
          isBusy={remove.isPending}
          onConfirm={confirmDelete}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}
