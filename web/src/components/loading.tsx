import { useEffect, useState } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/translated.ts';

const patienceMs = 1_000;

/** Says after a second what it waits for. */
export function Loading({ what }: { what: string }) {
  const texts = useTexts(commonTexts);
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{isSlow ? texts.loadingSlowly(what) : texts.loading}</span>
    </div>
  );
}
