import { Link } from 'wouter';
import { Icon } from '../../components/icon.tsx';
import { trainingTexts } from '../../texts/training.ts';
import { useTexts } from '../../texts/translated.ts';

/** The way to a new training. */
export function TrainLink() {
  return (
    <Link href="/training/new" className="button primary">
      <Icon name="plus" />
      {useTexts(trainingTexts).create}
    </Link>
  );
}
