import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Plus } from 'lucide-react';
import { Picker } from '../../../components/picker.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CustomerView } from '../../../lib/shapes.js';
import { tagCustomer } from '../api/tag-customer.js';
import styles from './customer-tags.module.css';

/** What the person is filed under; targets and opening hours can follow from it. */
export function CustomerTags({ customer }: { customer: CustomerView }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [opened, setOpened] = useState(false);
  const tag = useMutation({
    mutationFn: (tags: readonly string[]) => tagCustomer(api, customer.id, tags),
    onSuccess: () => Promise.all([keys.conversations, keys.customer(customer.id), keys.customers].map((queryKey) => client.invalidateQueries({ queryKey }))),
    onError: (error) => toast({ text: `The tags were not changed. ${wordsOf(error)}`, tone: 'bad' }),
  });
  const toggle = (each: string) => tag.mutate(customer.tags.includes(each) ? customer.tags.filter((other) => other !== each) : [...customer.tags, each]);
  const shown = [...new Set([...customer.tags, 'vip', 'wholesale'])].toSorted((one, other) => one.localeCompare(other));
  return (
    <Picker
      opened={opened}
      onClose={() => setOpened(false)}
      placeholder="Tag this customer…"
      several
      choices={shown.map((each) => ({ id: each, label: each, chosen: customer.tags.includes(each), icon: customer.tags.includes(each) ? <Check size={14} /> : <span style={{ width: 14 }} /> }))}
      onPick={toggle}
      onNew={(text) => toggle(text.toLowerCase())}
    >
      <button type="button" className={styles['tags']} aria-haspopup="listbox" aria-expanded={opened} title="Targets and opening hours can follow from a customer’s tags" aria-label={customer.tags.length === 0 ? 'Tag this customer' : `Tags of this customer: ${customer.tags.join(', ')}`} onClick={() => setOpened(!opened)}>
        {customer.tags.map((each) => (
          <span key={each} className={styles['tag']}>
            {each}
          </span>
        ))}
        <Plus size={13} aria-hidden />
        {customer.tags.length === 0 && <span>Tag this customer</span>}
      </button>
    </Picker>
  );
}
