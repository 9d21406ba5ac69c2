import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { MessageView } from '../../../lib/shapes.js';
import { changeMessage, type MessageChange } from '../api/change-message.js';

/** Changes a message at its channel; what the channel refuses is said in its own words. */
export function useChangeMessage(message: MessageView): { change: (change: MessageChange) => void; busy: boolean } {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const mutation = useMutation({
    mutationFn: (change: MessageChange) => changeMessage(api, message.id, change),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversations }),
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  return { change: mutation.mutate, busy: mutation.isPending };
}
