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
