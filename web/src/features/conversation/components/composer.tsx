import { useCallback, useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { ConversationDetail, Me, MessageView } from '../../../lib/shapes.js';
import { Button } from '@mantine/core';
import { lengthNotice } from '../model/length.js';
import { needsTemplate } from '../model/reply-window.js';
import { newerThan } from '../model/guard.js';
import { ComposerBar } from './composer-bar.js';
import { ComposerFiles } from './composer-files.js';
import { ComposerHead } from './composer-head.js';
import { ComposerText, type TextControls } from './composer-text.js';
import { Guard } from './guard.js';
import { ReplyWindow } from './reply-window.js';
import { TemplatePicker } from './template-picker.js';
import { useDraft, type DraftState } from './use-draft.js';
import { useSend, type After } from './use-send.js';
import { useTellTyping } from './use-tell-typing.js';
import { useUploads } from './use-uploads.js';
import styles from './composer.module.css';

interface ComposerProps {
  detail: ConversationDetail;
  me: Me;
  messages: readonly MessageView[];
  now: number;
  onShow: (messageId: string) => void;
  onSent: (after: After) => void;
}

/** Where an answer or a note is written. Its parts: the guard, where it goes, the text, files, what happens after sending. */
export function Composer({ detail, me, messages, now, onShow, onSent }: ComposerProps) {
  const { reply, conversation } = detail;
  const { draft, saved, change, clear, flush } = useDraft(detail);
  const [snoozing, setSnoozing] = useState(false);
  const [templates, setTemplates] = useState(false);
  const [acknowledged, setAcknowledged] = useState<number>();
  const text = useRef<TextControls>(null);
  const typing = useTellTyping(conversation.id);
  const uploads = useUploads({ fileMax: reply.fileMax, room: reply.filesPerMessage - draft.attachments.length }, (file) => change((now_) => ({ ...now_, attachments: [...now_.attachments, file] })));

  const take = useCallback(() => {
    const kept = draft;
    clear();
    return () => change((current) => (current.text.trim() === '' ? kept : { ...kept, text: `${kept.text}\n\n${current.text}` }));
  }, [draft, clear, change]);
  const { send, problem, forget, busy } = useSend({ detail, me, take, onSent });

  const blocked = draft.kind === 'reply' ? reply.blocked : undefined;
  const length = draft.kind === 'reply' ? lengthNotice(draft.text, reply) : undefined;
  const empty = draft.text.trim() === '' && draft.attachments.length === 0;
  const canSend = !empty && !busy && !uploads.busy && blocked === undefined && length?.over !== true && (draft.kind === 'note' || !needsTemplate(reply, now));
  const submit = (after: After = {}) => {
    if (!canSend) return;
    typing.stop();
    void send(draft, after);
  };
  const write = (value: string) => {
    change((current) => withText(current, value, detail.personSeen));
    if (value.trim() === '') typing.stop();
    else typing.go();
  };
  const setKind = (kind: DraftState['kind']) => {
    change((current) => ({ ...current, kind }));
    text.current?.focus();
  };
  useKeys([
    { key: 'r', label: 'Reply', group: 'Conversation', run: () => setKind('reply') },
    { key: 'n', label: 'Note', group: 'Conversation', run: () => setKind('note') },
    { key: 'mod+enter', label: 'Send and keep open', group: 'Writing', run: () => submit(), inFields: true },
    { key: 'mod+shift+enter', label: 'Send and resolve', group: 'Writing', run: () => submit(draft.kind === 'reply' ? { andStatus: 'resolved' } : {}), inFields: true },
    { key: 'escape', label: 'Leave the text', group: 'Writing', run: () => { void flush(false); text.current?.blur(); }, inFields: true },
  ]);

  const newer = draft.kind === 'reply' && draft.began !== undefined && draft.began.personSeen < detail.personSeen && !empty ? newerThan(messages, draft.began, me.agent.id).filter((message) => acknowledged === undefined || message.receivedAt > acknowledged) : [];
  const acknowledge = () => {
    change((current) => ({ ...current, began: { at: Date.now(), personSeen: detail.personSeen } }));
    setAcknowledged(Date.now());
    forget();
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    uploads.add([...event.dataTransfer.files]);
  };
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add([...event.clipboardData.files]);
  };
  useEffect(() => {
    if (snoozing && !canSend) setSnoozing(false);
  }, [snoozing, canSend]);

  return (
    <div className={styles['place']}>
      <Guard
        newer={newer}
        problem={problem}
        now={now}
        onShow={(id) => { onShow(id); acknowledge(); }}
        onForce={() => submit({ force: true })}
        onForget={forget}
        fallbackId={messages.findLast((message) => message.kind === 'in')?.id}
      />
      <section className={styles['composer']} data-kind={draft.kind} onDragOver={(event) => event.preventDefault()} onDrop={drop} onPaste={paste} aria-label={draft.kind === 'note' ? 'Note' : 'Reply'}>
        <ComposerHead detail={detail} messages={messages} kind={draft.kind} onKind={setKind} />
        {draft.kind === 'reply' && <ReplyWindow detail={detail} text={draft.text} now={now} />}
        {draft.kind === 'reply' && reply.templates && (
          <p className={styles['template']}>
            <Button variant={needsTemplate(reply, now) ? 'filled' : 'subtle'} size="compact-sm" onClick={() => setTemplates(true)}>
              Send a template …
            </Button>
          </p>
        )}
        {templates && <TemplatePicker conversationId={conversation.id} onSend={(template, words) => void send({ ...draft, text: words, attachments: [] }, { template })} onClose={() => setTemplates(false)} />}
        <ComposerText controls={text} draft={draft} detail={detail} agents={me.agents} blocked={blocked} onText={write} onRest={typing.stop} />
        <ComposerFiles attachments={draft.attachments} uploads={uploads.uploads} onRemove={(id) => change((current) => ({ ...current, attachments: current.attachments.filter((file) => file.id !== id) }))} onStop={uploads.remove} />
        <ComposerBar kind={draft.kind} saved={saved} length={length} canSend={canSend} busy={busy} hours={me.workspace.hours} onFiles={uploads.add} onSend={submit} snoozing={snoozing} onSnoozing={setSnoozing} />
      </section>
    </div>
  );
}

/** The guard's mark is set by the first word and goes with the last. */
function withText(draft: DraftState, value: string, personSeen: number): DraftState {
  const empty = value.trim() === '' && draft.attachments.length === 0;
  if (empty) return { ...draft, text: value, began: undefined };
  return { ...draft, text: value, began: draft.began ?? { at: Date.now(), personSeen } };
}
