import { ProblemError } from '@billumy/protocol';
import { QueryClient } from '@tanstack/react-query';

const attempts = 2;

/** What the service said, kept while pages use it. Reading is tried again where that may help. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < attempts && error instanceof ProblemError && error.problem.retryable,
      // Whether there is a network is for the service to show: it may run on this machine.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
