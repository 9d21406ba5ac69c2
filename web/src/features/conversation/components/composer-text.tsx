import { useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { Link } from '@tanstack/react-router';
import { firstName } from '../../../lib/initials.js';
import type { AgentView, ConversationDetail } from '../../../lib/shapes.js';
import { mentionAt } from '../model/mentions.js';
import type { DraftState } from './use-draft.js';
import styles from './composer-text.module.css';

export interface TextControls {
  focus: () => void;
  blur: () => void;
}

interface TextProps {
  controls: Ref<TextControls>;
  draft: DraftState;
  detail: ConversationDetail;
  agents: readonly AgentView[];
  /** Why nothing can be sent here. */
  blocked: string | undefined;
  onText: (text: string) => void;
  onRest: () => void;
}

/** The field itself: as tall as the text, with colleagues offered after an @ in a note. */
export function ComposerText({ controls, draft, detail, agents, blocked, onText, onRest }: TextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  useImperativeHandle(controls, () => ({ focus: () => field.current?.focus(), blur: () => field.current?.blur() }), []);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft.text, draft.kind, blocked]);

  const mention = draft.kind === 'note' ? mentionAt(draft.text, caret) : undefined;
  const offered = mention === undefined ? [] : agents.filter((agent) => agent.state === 'active' && agent.name.toLowerCase().startsWith(mention.typed.toLowerCase())).slice(0, 6);
  const take = (agent: AgentView | undefined) => {
    if (mention === undefined || agent === undefined) return;
    const before = `${draft.text.slice(0, mention.from)}@${agent.name} `;
    onText(before + draft.text.slice(caret));
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
    setCaret(before.length);
  };
  const onKey = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.ctrlKey || event.metaKey) return;
    const moves: Record<string, () => void> = { ArrowDown: () => setAt((at + 1) % offered.length), ArrowUp: () => setAt((at + offered.length - 1) % offered.length), Enter: () => take(offered[at]), Tab: () => take(offered[at]), Escape: () => setCaret(-1) };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  if (blocked !== undefined) {
    return (
      <p className={styles['blocked']} role="status">
        {detail.reply.imported === true ? (
          blocked
        ) : (
          <>
            {detail.conversation.channel.name} cannot send now: {blocked} <Link to="/settings/channels">Channels</Link>.
          </>
        )}{' '}
        A note can still be written.
      </p>
    );
  }
  const name = firstName(detail.customer.name);
  return (
    <div className={styles['wrap']}>
      <textarea
        ref={field}
        className={styles['field']}
        rows={2}
        value={draft.text}
        placeholder={draft.kind === 'note' ? 'Write a note. @ names a colleague.' : `Write to ${name}`}
        aria-label={draft.kind === 'note' ? 'Note' : `Reply to ${name}`}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          setAt(0);
          onText(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKey}
        onBlur={onRest}
      />
      {offered.length > 0 && (
        <ul className={styles['offer']} role="listbox" aria-label="Colleagues">
          {offered.map((agent, index) => (
            <li key={agent.id} role="option" aria-selected={index === at} onPointerMove={() => setAt(index)} onPointerDown={(event) => { event.preventDefault(); take(agent); }}>
              {agent.name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
