import { useEffect, useState, type RefObject } from 'react';

/** Lets files be dropped on an element; says whether some are over it. `drop` must not change between renders. */
export function useDrop(target: RefObject<HTMLElement | null>, drop: (transfer: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const handlers = {
      dragover(event: DragEvent) {
        event.preventDefault();
        setOver(true);
      },
      dragleave: () => setOver(false),
      drop(event: DragEvent) {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer !== null) drop(event.dataTransfer);
      },
    };
    const entries = Object.entries(handlers) as [keyof typeof handlers, (event: DragEvent) => void][];
    for (const [name, handle] of entries) element.addEventListener(name, handle);
    return () => {
      for (const [name, handle] of entries) element.removeEventListener(name, handle);
    };
  }, [target, drop]);
  return isOver;
}
