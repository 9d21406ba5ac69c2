import { useState } from 'react';
import { Button } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import { Picker } from '../../../components/picker.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { CustomerView } from '../../../lib/shapes.js';
import { ago } from '../../../lib/time/format.js';
import { findCustomers, joinCustomers } from '../api/join-customers.js';

/** For what no rule can know: that two records are one person. */
export function JoinByHand({ customer }: { customer: CustomerView }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const found = useQuery({ queryKey: ['customers', 'to-join', text], queryFn: ({ signal }) => findCustomers(api, text, signal), enabled: opened, placeholderData: keepPreviousData });
  const join = useMutation({
    mutationFn: (otherId: string) => joinCustomers(api, customer.id, otherId),
    onSuccess: () => {
      for (const key of ['customer', 'customers', 'conversation']) void client.invalidateQueries({ queryKey: [key] });
      toast({ text: 'Linked. It can be undone here.' });
    },
    onError: (error) => toast({ text: `Nothing was changed. ${wordsOf(error)}`, tone: 'bad' }),
  });
  const choices = (found.data ?? [])
    .filter((other) => other.id !== customer.id)
    .map((other) => ({ id: other.id, label: other.name, hint: ago(other.lastSeenAt, Date.now()), icon: <Avatar name={other.name} size={28} /> }));
  return (
    <div>
      <Picker opened={opened} onClose={() => setOpened(false)} placeholder="Who is the same person?" choices={choices} onPick={(id) => join.mutate(id)} onSearch={setText}>
        <Button variant="default" leftSection={<Link2 size={14} />} loading={join.isPending} onClick={() => setOpened(!opened)}>
          Link with another record
        </Button>
      </Picker>
    </div>
  );
}
