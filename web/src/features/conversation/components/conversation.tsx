import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { Empty, Failed } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { Skeleton } from '../../../components/skeleton.js';
import { ApiError } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { firstName } from '../../../lib/initials.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { ConversationDetail, Me } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { getConversation } from '../api/get-conversation.js';
import { unseenMark } from '../model/story.js';
import { BriefCard } from './brief-card.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import { MetaStrip, type OpenMenu } from './meta-strip.js';
import { MirrorLine } from './mirror-line.js';
import { ThreadView, type ThreadControls } from './thread-view.js';
import { useActions } from './use-actions.js';
import { useMarkRead } from './use-mark-read.js';
import { usePresence } from './use-presence.js';
import type { After } from './use-send.js';
import { useThread } from './use-thread.js';
import { WaitLine } from './wait-line.js';
import styles from './conversation.module.css';

interface ConversationProps {
  conversationId: string;
  view: string;
  me: Me;
  /** Tags in use elsewhere, to be offered. */
  knownTags: readonly string[];
  /** A message to go to; a new object asks again. */
  goTo: { messageId: string } | undefined;
}

/** A conversation: what is known at once, the rest as soon as it comes. */
export function Conversation(props: ConversationProps) {
  const api = useApi();
  const client = useQueryClient();
  const query = useQuery(getConversation(api, client, props.conversationId));
  if (query.data !== undefined) return <Opened key={props.conversationId} {...props} detail={query.data} />;
  if (query.error instanceof ApiError && (query.error.code === 'not_found' || query.error.code === 'gone')) {
    return (
      <Empty icon={<MessagesSquare size={22} strokeWidth={1.6} />} title="There is no such conversation">
        It may have gone to a team whose conversations you do not see.
      </Empty>
    );
  }
  if (query.error !== null) return <Failed error={query.error} what="This conversation" onRetry={() => void query.refetch()} />;
  return (
    <div className={styles['loading']}>
      <Skeleton label="Loading the conversation" widths={[30, 92, 84, 60]} />
      <Skeleton label="" widths={[18, 70, 48]} />
      <Skeleton label="" widths={[22, 88, 80, 34]} />
    </div>
  );
}

function Opened({ conversationId, view, me, knownTags, goTo, detail }: ConversationProps & { detail: ConversationDetail }) {
  const row = detail.conversation;
  const now = useNow(10_000);
  const [menu, setMenu] = useState<OpenMenu>();
  const [atNewest, setAtNewest] = useState(false);
  // As it was when opened: the line above what is new does not run away while one reads.
  const [unseenAfter] = useState(() => unseenMark(row));
  const actionsOf = useMemo(() => new Map(me.channels.map((channel) => [channel.id, channel.actions])), [me.channels]);
  const controls = useRef<ThreadControls>(null);
  const handle = useThread(conversationId);
  const actions = useActions(conversationId, me.agent.id);
  const toast = useToast();
  const presence = usePresence(detail, me.agent.id, now);
  useMarkRead(row, atNewest);
  const jumpTo = useCallback((messageId: string) => controls.current?.jumpTo(messageId), []);
  useEffect(() => {
    if (goTo !== undefined) jumpTo(goTo.messageId);
  }, [goTo, jumpTo]);
  const onSent = useCallback(
    (after: After) => {
      controls.current?.toNewest();
      if (after.andStatus === 'resolved' || after.andStatus === 'snoozed') toast({ text: `Sent and ${after.andStatus}.`, undo: actions.reopen });
    },
    [actions, toast],
  );
  const done = row.status === 'resolved' || row.status === 'spam';
  useKeys([
    ...(row.imported === true ? [] : [
      { key: 'e', label: done ? 'Reopen' : 'Resolve', group: 'Conversation', run: done ? actions.reopen : actions.resolve },
      { key: 's', label: 'Snooze', group: 'Conversation', run: () => setMenu('snooze') },
      { key: 'a', label: 'Assign', group: 'Conversation', run: () => setMenu('assign') },
      { key: 'i', label: 'Assign to me', group: 'Conversation', run: () => actions.assign(me.agent.id, me.agent.name) },
      { key: 'p', label: 'Priority', group: 'Conversation', run: () => setMenu('priority') },
    ]),
    { key: 't', label: 'Tag', group: 'Conversation', run: () => setMenu('tags') },
    ...(row.due === undefined ? [] : [{ key: 'w', label: 'The clock: which target, and why', group: 'Conversation', run: () => setMenu('wait') }]),
    { key: 'shift+g', label: 'Newest message', group: 'Conversation', run: () => controls.current?.toNewest() },
  ]);
  return (
    <>
      <ConversationHeader row={row} view={view} me={me} actions={actions} now={now} menu={menu} onMenu={setMenu} />
      <MetaStrip row={row} me={me} knownTags={knownTags} actions={actions} menu={menu} onMenu={setMenu} others={{ viewing: presence.viewing, typing: presence.agentsTyping }} />
      <MirrorLine row={row} me={me} onStop={actions.stopMirror} />
      <div className={styles['column']}>
        <BriefCard brief={detail.brief} onCite={jumpTo} />
        <ThreadView
          handle={handle}
          conversationId={conversationId}
          agentId={me.agent.id}
          actions={actionsOf}
          customerName={detail.customer.name}
          typing={presence.customerTyping === undefined ? undefined : `${firstName(presence.customerTyping)} is typing`}
          unseenAfter={unseenAfter}
          customerReadSeq={row.customerReadSeq}
          onAtNewest={setAtNewest}
          controls={controls}
        />
        <WaitLine row={row} messages={handle.thread?.messages ?? detail.messages} agentId={me.agent.id} view={view} now={now} onShow={jumpTo} onStart={actions.startWait} />
        <Composer detail={detail} me={me} messages={handle.thread?.messages ?? detail.messages} now={now} onShow={jumpTo} onSent={onSent} />
      </div>
    </>
  );
}
