import { PageHeader } from '../../components/page-header.tsx';
import { shellTexts } from '../../texts/shell.ts';
import { useTexts } from '../../texts/translated.ts';

export function OperatePage() {
  const texts = useTexts(shellTexts);
  return <PageHeader title={texts.pages.operate} />;
}
