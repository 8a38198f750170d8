import './operate.css';
import { useLocation } from 'wouter';
import { useMe } from '../../api/session-context.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { SubNavigation } from '../../components/sub-navigation.tsx';
import { operateTexts } from '../../texts/operate.ts';
import { useTexts } from '../../texts/translated.ts';
import { sectionAt, sectionsFor } from './sections.ts';

/** How the service is, what it does, and who may use it. */
export function OperatePage() {
  const texts = useTexts(operateTexts);
  const [location] = useLocation();
  const sections = sectionsFor(useMe().scopes);
  const { path, Content } = sectionAt(location, sections);
  return (
    <div className="page">
      <PageHeader title={texts.title} />
      <SubNavigation
        label={texts.sections.label}
        entries={sections.map((section) => ({ path: section.path, title: texts.sections[section.name] }))}
        current={path}
      />
      <Content />
    </div>
  );
}
