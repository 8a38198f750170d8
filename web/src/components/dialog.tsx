import { useEffect, useId, useRef, type ReactNode } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/translated.ts';
import { Button, IconButton } from './button.tsx';

export interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** `side` keeps to the right edge and fills a phone. */
  variant?: 'centre' | 'side';
}

/** Shown while it is rendered. The browser keeps the focus inside and gives it back; Escape closes. */
export function Dialog({ title, onClose, children, variant = 'centre' }: DialogProps) {
  const texts = useTexts(commonTexts);
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    // The backdrop belongs to the dialog itself; what is in it belongs to its children.
    const closeOutside = (event: Event): void => {
      if (event.target === dialog.current) onClose();
    };
    const element = dialog.current;
    element?.addEventListener('click', closeOutside);
    return () => element?.removeEventListener('click', closeOutside);
  }, [onClose]);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${variant}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-frame">
        <div className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={texts.close} onClick={onClose} />
        </div>
        <div className="dialog-body">{children}</div>
      </div>
    </dialog>
  );
}

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be taken back. */
  detail: string;
  /** Such as "Delete". */
  action: string;
  isBusy: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, detail, action, isBusy, onConfirm, onClose }: ConfirmDialogProps) {
  const texts = useTexts(commonTexts);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{detail}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button variant="danger" disabled={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
