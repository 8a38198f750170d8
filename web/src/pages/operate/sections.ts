import type { Me } from '@billumy/protocol';
import type { ComponentType } from 'react';
import type { operateTexts } from '../../texts/operate.ts';
import { AuditSection } from './audit/audit-section.tsx';
import { HealthSection } from './health-section.tsx';
import { KeysSection } from './keys/keys-section.tsx';
import { ModelsSection } from './models/models-section.tsx';
import { PersonasSection } from './personas/personas-section.tsx';
import { QueueSection } from './queue-section.tsx';
import { UsageSection } from './usage/usage-section.tsx';
import { UsersSection } from './users/users-section.tsx';

type Scope = Me['scopes'][number];

export interface OperateSection {
  name: Exclude<keyof (typeof operateTexts)['pt']['sections'], 'label'>;
  path: string;
  /** Any of these opens it; null: whoever is logged in. */
  scopes: readonly Scope[] | null;
  Content: ComponentType;
}

const health: OperateSection = { name: 'health', path: '/operate', scopes: null, Content: HealthSection };

const sections: readonly OperateSection[] = [
  health,
  { name: 'models', path: '/operate/models', scopes: ['admin'], Content: ModelsSection },
  { name: 'personas', path: '/operate/personas', scopes: ['admin'], Content: PersonasSection },
  { name: 'queue', path: '/operate/queue', scopes: ['ask', 'admin'], Content: QueueSection },
  { name: 'usage', path: '/operate/usage', scopes: null, Content: UsageSection },
  { name: 'keys', path: '/operate/keys', scopes: null, Content: KeysSection },
  { name: 'users', path: '/operate/users', scopes: ['admin'], Content: UsersSection },
  { name: 'audit', path: '/operate/audit', scopes: ['admin'], Content: AuditSection },
];

/** What somebody with these scopes may see. */
export function sectionsFor(scopes: readonly Scope[]): readonly OperateSection[] {
  return sections.filter((section) => section.scopes?.some((scope) => scopes.includes(scope)) ?? true);
}

/** The section of an address; health where there is none. */
export function sectionAt(path: string, visible: readonly OperateSection[]): OperateSection {
  return visible.find((section) => section.path === path) ?? health;
}
