import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { Empty } from '../../components/notice.js';
import { useApi } from '../../lib/api/api-context.js';
import { viewOf } from '../../lib/cache/rows.js';
import { useMe } from '../../lib/cache/use-me.js';
import { waitOf } from '../../lib/time/clock.js';
import { hoursFor } from '../../lib/time/open-hours.js';
import { Conversation } from '../../features/conversation/components/conversation.js';
import { getConversation } from '../../features/conversation/api/get-conversation.js';
import { CustomerPanel } from '../../features/customer/components/customer-panel.js';
import { ConversationList } from '../../features/inbox/components/conversation-list.js';
import { ListHeader } from '../../features/inbox/components/list-header.js';
import { ViewsNav } from '../../features/inbox/components/views-nav.js';
import { useKnownTags } from './use-known-tags.js';
import { usePreferences } from '../../lib/use-preferences.js';
import styles from './inbox-page.module.css';

const intentMs = 90;

/** Views | list | conversation | customer. What is selected is in the URL; on a phone each is a page of its own. */
export function InboxPage() {
  const me = useMe();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const view = viewOf(params.view ?? '') ?? 'waiting';
  const conversationId = params.conversationId;
  const { compact, setCompact } = usePreferences();
  const [goTo, setGoTo] = useState<{ messageId: string }>();
  useEffect(() => setGoTo(search.at === undefined ? undefined : { messageId: search.at }), [search.at, conversationId]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onIntent = useCallback(
    (id: string) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void client.prefetchQuery({ ...getConversation(api, client, id), staleTime: 60_000 }), intentMs);
    },
    [api, client],
  );
  // Fetched by the conversation beside it; here it is only read.
  const { data: detail } = useQuery({ ...getConversation(api, client, conversationId ?? ''), enabled: false });
  const side = search.side === 'customer';
  const closeSide = useCallback(() => void navigate({ to: '.', search: ({ side: _side, ...rest }) => rest }), [navigate]);
  const onMessage = useCallback(
    (messageId: string) => {
      if (side) closeSide();
      setGoTo({ messageId });
    },
    [side, closeSide],
  );
  const knownTags = useKnownTags();
  const title = useMemo(() => (detail === undefined ? undefined : detail.customer.name), [detail]);
  useEffect(() => {
    document.title = title === undefined ? 'Inbox · Rapport' : `${title} · Rapport`;
  }, [title]);

  return (
    <div className={styles['inbox']} data-open={conversationId !== undefined || undefined} data-side={side || undefined}>
      <div className={styles['views']}>
        <ViewsNav me={me} />
      </div>
      <section className={styles['list']} aria-label="List">
        <ListHeader view={view} me={me} compact={compact} onCompact={setCompact} />
        <ConversationList key={view} view={view} selectedId={conversationId} me={me} compact={compact} rowHeight={compact ? 46 : 62} onIntent={onIntent} />
      </section>
      <main className={styles['thread']} aria-label="Conversation">
        {conversationId === undefined ? (
          <Empty icon={<MessagesSquare size={22} strokeWidth={1.6} />} title="No conversation is open">
            Choose one from the list, or press J for the first. The keys are listed under ?.
          </Empty>
        ) : (
          <Conversation conversationId={conversationId} view={view} me={me} knownTags={knownTags} goTo={goTo} />
        )}
      </main>
      <aside className={styles['customer']} aria-label="Customer">
        {conversationId !== undefined && detail !== undefined && <CustomerPanel customer={detail.customer} conversationId={conversationId} view={view} wait={waitOf(detail.conversation, hoursFor(me, detail.conversation.teamId))} onMessage={onMessage} onBack={closeSide} />}
      </aside>
    </div>
  );
}
