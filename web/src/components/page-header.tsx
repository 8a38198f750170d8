import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: string;
  /** What the page is for. */
  lead?: string;
  /** What can be done on it. */
  children?: ReactNode;
}

export function PageHeader({ title, lead, children }: PageHeaderProps) {
  return (
    <div className="page-header">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p>{lead}</p>}
      </div>
      {children !== undefined && <div className="page-actions">{children}</div>}
    </div>
  );
}
