import { useState, type KeyboardEvent } from 'react';
import { ActionIcon } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PencilLine } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CustomerView } from '../../../lib/shapes.js';
import { renameCustomer } from '../api/rename-customer.js';
import styles from './customer-name.module.css';

/** What the person is called; leads to their page, and can be put right. */
export function CustomerName({ customer }: { customer: CustomerView }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState<string>();
  const rename = useMutation({
    mutationFn: (name: string) => renameCustomer(api, customer.id, name),
    onSuccess: () => Promise.all([keys.conversations, keys.customer(customer.id), keys.customers].map((queryKey) => client.invalidateQueries({ queryKey }))),
    onError: (error) => toast({ text: `The name was not changed. ${wordsOf(error)}`, tone: 'bad' }),
    onSettled: () => setText(undefined),
  });
  const finish = () => {
    const name = text?.trim() ?? '';
    if (name === '' || name === customer.name) setText(undefined);
    else rename.mutate(name);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') setText(undefined);
  };
  if (text !== undefined) return <input className={styles['field']} aria-label="Name" autoFocus maxLength={200} value={text} onChange={(event) => setText(event.target.value)} onBlur={finish} onKeyDown={onKey} />;
  return (
    <div className={styles['name']}>
      <h2>
        <Link to="/customers/$customerId" params={{ customerId: customer.id }}>
          {customer.name}
        </Link>
      </h2>
      <ActionIcon variant="subtle" size={22} aria-label="Change the name" onClick={() => setText(customer.name)}>
        <PencilLine size={13} />
      </ActionIcon>
    </div>
  );
}
