import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What to do next. */
  detail: string;
  /** The way to do it. */
  children?: ReactNode;
}

export function EmptyState({ icon, title, detail, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{detail}</p>
      {children}
    </div>
  );
}
