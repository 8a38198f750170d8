import type { Me } from '@billumy/protocol';
import { lazy, type ComponentType } from 'react';
import type { IconName } from '../components/icon.tsx';
import type { shellTexts } from '../texts/shell.ts';

type Scope = Me['scopes'][number];

export interface PageEntry {
  name: keyof (typeof shellTexts)['pt']['pages'];
  /** Where it begins; it may use addresses below. */
  path: string;
  icon: IconName;
  /** Any of these opens it. */
  scopes: readonly Scope[];
  /** Loaded when it is opened. */
  Page: ComponentType;
}

/** Every page behind the login, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  {
    name: 'ask',
    path: '/',
    icon: 'chat',
    scopes: ['ask'],
    Page: lazy(async () => ({ default: (await import('./ask/ask-page.tsx')).AskPage })),
  },
  {
    name: 'documents',
    path: '/documents',
    icon: 'documents',
    scopes: ['ask', 'ingest'],
    Page: lazy(async () => ({ default: (await import('./documents/documents-page.tsx')).DocumentsPage })),
  },
  {
    name: 'training',
    path: '/training',
    icon: 'training',
    scopes: ['train'],
    Page: lazy(async () => ({ default: (await import('./training/training-page.tsx')).TrainingPage })),
  },
  {
    name: 'insights',
    path: '/insights',
    icon: 'insights',
    scopes: ['insights'],
    Page: lazy(async () => ({ default: (await import('./insights/insights-page.tsx')).InsightsPage })),
  },
  {
    name: 'operate',
    path: '/operate',
    icon: 'operate',
    scopes: ['admin'],
    Page: lazy(async () => ({ default: (await import('./operate/operate-page.tsx')).OperatePage })),
  },
];

/** Those that somebody with these scopes may use. */
export function pagesFor(scopes: readonly Scope[]): PageEntry[] {
  return pages.filter((page) => page.scopes.some((scope) => scopes.includes(scope)));
}

/** The page that an address belongs to. Conversations live under `/ask`, the page of which begins at `/`. */
export function pageAt(path: string, entries: readonly PageEntry[]): PageEntry | undefined {
  const first = `/${path.split('/')[1] ?? ''}`;
  return entries.find((entry) => entry.path === (first === '/ask' ? '/' : first));
}
