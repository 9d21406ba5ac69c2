import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useToast } from '../components/toaster.js';
import { wordsOf } from './api/api-error.js';
import { useApi } from './api/api-context.js';

/** Ends the session and forgets everything that was fetched. */
export function useSignOut(): () => void {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const { mutate } = useMutation({
    mutationFn: () => api.send<void>('DELETE', '/session'),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      client.clear();
    },
    onError: (error) => toast({ text: `You are still signed in. ${wordsOf(error)}`, tone: 'bad' }),
  });
  return mutate;
}
