import { useEffect, useRef, type RefObject } from 'react';

/** As near to the end as counts as being there, in pixels. */
const nearEnd = 120;

/**
 * Keeps the end of a list in sight while it grows; who has scrolled up to read is left there. `version` changes with
 * what is shown.
 */
export function useFollow(version: string): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const seen = useRef('');
  const follows = useRef(true);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const notice = (): void => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    };
    element.addEventListener('scroll', notice, { passive: true });
    return () => element.removeEventListener('scroll', notice);
  });
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    if (follows.current) frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [version]);
  return frame;
}
