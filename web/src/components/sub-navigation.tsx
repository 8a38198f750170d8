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
  const navigation = useRef<HTMLElement>(null);
  // On a phone, not all of them fit.
  useEffect(() => {
    const open = navigation.current?.querySelector('[aria-current]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav ref={navigation} className="sub-navigation" aria-label={label}>
      <ul>
        {entries.map(({ path, title }) => (
          <li key={path}>
            <Link href={path} aria-current={path === current ? 'page' : undefined}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
