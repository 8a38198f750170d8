import { useEffect, useRef } from 'react';
import { Link } from 'wouter';

export interface SubNavigationProps {
  label: string;
  entries: readonly { path: string; title: string }[];
  /** The path of the entry that is open. */
  current: string;
}

/** The parts of a page, each with an address of its own. */
export function SubNavigation({ label, entries, current }: SubNavigationProps) {
  return (
    <nav className="sub-navigation" aria-label={label}>
      <ul>
        {entries.map(({ path, title }) => (
          <Entry key={path} path={path} title={title} isOpen={path === current} />
        ))}
      </ul>
    </nav>
  );
}

function Entry({ path, title, isOpen }: { path: string; title: string; isOpen: boolean }) {
  const item = useRef<HTMLLIElement>(null);
  // On a phone, not all of them fit.
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [isOpen]);
  return (
    <li ref={item}>
      <Link href={path} aria-current={isOpen ? 'page' : undefined}>
        {title}
      </Link>
    </li>
  );
}
