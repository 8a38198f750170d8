import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { describeError } from '../api/describe-error.ts';
import { commonTexts } from '../texts/common.ts';
import { problemTexts } from '../texts/problems.ts';
import { useTexts } from '../texts/translated.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

const shownMs = 6_000;

interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'error';
}

interface Toasts {
  /** Tells that something was done; goes away by itself. */
  show(text: string): void;
  /** Tells what failed; stays until it is dismissed. */
  showError(error: unknown): void;
}

const ToastContext = createContext<Toasts>({ show: () => undefined, showError: () => undefined });

export function useToast(): Toasts {
  return useContext(ToastContext);
}

/** Short notices at the edge of the page, read out as they come. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const problems = useTexts(problemTexts);
  const common = useTexts(commonTexts);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = Date.now() + Math.random();
      setToasts((shown) => [...shown, { ...toast, id }]);
      if (toast.kind === 'done') setTimeout(() => drop(id), shownMs);
    },
    [drop],
  );
  const value = useMemo<Toasts>(
    () => ({
      show: (text) => add({ text, kind: 'done' }),
      showError: (error) => add({ text: describeError(error, problems).message, kind: 'error' }),
    }),
    [add, problems],
  );
  return (
    <ToastContext value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, text, kind }) => (
          <div key={id} className={`toast ${kind}`}>
            <Icon name={kind === 'done' ? 'check' : 'warning'} />
            <span>{text}</span>
            <IconButton icon="close" label={common.dismiss} onClick={() => drop(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
