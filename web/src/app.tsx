import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { queryClient } from './api/query-client.ts';
import { SessionProvider, useSession } from './api/session-context.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { ErrorNotice } from './components/error-notice.tsx';
import { Loading } from './components/loading.tsx';
import { ToastProvider } from './components/toast.tsx';
import { LoginPage } from './pages/login/login-page.tsx';
import { Shell } from './components/shell.tsx';
import { LanguageProvider } from './preferences/language.tsx';
import { loginTexts } from './texts/login.ts';
import { useTexts } from './texts/translated.ts';

/** The whole page: languages, login, and behind it the shell with its pages. */
export function App() {
  return (
    <LanguageProvider onChange={askAgain}>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <ToastProvider>
            <SessionProvider>
              {/* oxlint-disable-next-line react/hooks -- wouter takes its source of addresses as a hook. */}
              <Router hook={useHashLocation}>
                <Entrance />
              </Router>
            </SessionProvider>
          </ToastProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </LanguageProvider>
  );
}

function askAgain(): void {
  void queryClient.invalidateQueries();
}

function Entrance() {
  const { current, resume } = useSession();
  const texts = useTexts(loginTexts);
  switch (current.status) {
    case 'checking':
      return <Loading what={texts.waiting} />;
    case 'unknown':
      return <ErrorNotice error={current.error} onRetry={() => void resume()} />;
    case 'signed-out':
      return <LoginPage ended={current.ended} />;
    case 'signed-in':
      return <Shell />;
    default:
      return current satisfies never;
  }
}
