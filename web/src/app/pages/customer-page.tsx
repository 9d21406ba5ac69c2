import { useCallback, useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, UserRound } from 'lucide-react';
import { Empty, Failed, Waiting } from '../../components/notice.js';
import { ApiError } from '../../lib/api/api-error.js';
import { useApi } from '../../lib/api/api-context.js';
import { useMe } from '../../lib/cache/use-me.js';
import { getCustomer } from '../../features/customer/api/get-customer.js';
import { CustomerPanel } from '../../features/customer/components/customer-panel.js';
import { CustomerStory } from '../../features/customer/components/customer-story.js';
import styles from './customer-page.module.css';

/** One person: everything that was said on every channel, with what is known of them beside it. */
export function CustomerPage() {
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const api = useApi();
  const me = useMe();
  const navigate = useNavigate();
  const query = useQuery(getCustomer(api, customerId));
  const customer = query.data;
  useEffect(() => {
    if (customer !== undefined) document.title = `${customer.name} · Rapport`;
  }, [customer]);
  const openMessage = useCallback(
    (messageId: string) => {
      const conversationId = customer?.history[0]?.conversationId;
      if (conversationId !== undefined) void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'open', conversationId }, search: { at: messageId } });
    },
    [customer, navigate],
  );
  if (query.error instanceof ApiError && query.error.code === 'not_found') {
    return (
      <Empty icon={<UserRound size={22} strokeWidth={1.6} />} title="There is no such customer">
        The record may have been joined with another one.
      </Empty>
    );
  }
  if (customer === undefined) return query.error === null ? <Waiting what="Loading" /> : <Failed error={query.error} what="This customer" onRetry={() => void query.refetch()} />;
  return (
    <div className={styles['page']}>
      <main className={styles['story']}>
        <header className={styles['head']}>
          <Link to="/customers" aria-label="All customers" className={styles['back']}>
            <ArrowLeft size={18} strokeWidth={1.8} />
          </Link>
          <h1>{customer.name}</h1>
          <span>
            {customer.conversationCount} {customer.conversationCount === 1 ? 'conversation' : 'conversations'}, newest first
          </span>
        </header>
        <CustomerStory customer={customer} agents={me.agents} />
      </main>
      <aside className={styles['panel']} aria-label="Customer">
        <CustomerPanel customer={customer} conversationId="" view="open" onMessage={openMessage} onBack={() => void navigate({ to: '/customers' })} whole />
      </aside>
    </div>
  );
}
