import { Component, type ReactNode } from 'react';
import { shellTexts } from '../texts/shell.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

interface State {
  failed: boolean;
}

/** A fault of one page leaves the rest of it standing, and says so. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const texts = useTexts(shellTexts).broken;
  return (
    <EmptyState icon="warning" title={texts.title} detail={texts.detail}>
      <Button variant="primary" icon="retry" onClick={() => window.location.reload()}>
        {texts.reload}
      </Button>
    </EmptyState>
  );
}
