import { useEffect, useRef, useState, type ReactNode } from 'react';

export interface MenuProps {
  /** What opens it, for who does not see it. */
  label: string;
  trigger: ReactNode;
  /** Gets how to close it, for what is done with one click. */
  children(close: () => void): ReactNode;
  className?: string;
}

/** A button that shows a panel: closed by Escape, by a click elsewhere and by leaving it with the keyboard. */
export function Menu({ label, trigger, children, className = '' }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && container.current?.contains(event.target) !== true) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('keydown', closeByKey);
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('keydown', closeByKey);
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);
  return (
    <div ref={container} className={`menu ${className}`}>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen && <div className="menu-panel">{children(() => setOpen(false))}</div>}
    </div>
  );
}
