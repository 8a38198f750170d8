import { PageHeader } from '../../components/page-header.tsx';
import { shellTexts } from '../../texts/shell.ts';
import { useTexts } from '../../texts/translated.ts';

export function InsightsPage() {
  const texts = useTexts(shellTexts);
  return <PageHeader title={texts.pages.insights} />;
}
