import { IconButton } from '../../components/button.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';

/** What was asked, as it was written. */
export function QuestionView({ text, onEdit }: { text: string; onEdit(): void }) {
  const texts = useTexts(askTexts).answer;
  return (
    <div className="question">
      <h2 className="hidden-label">{texts.question}</h2>
      <p>{text}</p>
      <IconButton icon="edit" label={texts.edit} onClick={onEdit} />
    </div>
  );
}
