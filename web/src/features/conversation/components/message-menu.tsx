import { ActionIcon, Menu } from '@mantine/core';
import { Code, Ellipsis, FileText, LayoutTemplate, Link2, ListTree, PencilLine, Trash2 } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import type { MessageView } from '../../../lib/shapes.js';
import type { MessageChange } from '../api/change-message.js';
import styles from './message-menu.module.css';

type Look = 'text' | 'html' | 'headers';

interface MenuProps {
  message: MessageView;
  look: Look;
  onLook: (look: Look) => void;
  onSource: () => void;
  /** What the channel lets one do to this message. */
  can: readonly ('edit' | 'delete' | 'react')[];
  onEdit: () => void;
  onChange: (change: MessageChange) => void;
}

const quick = ['👍', '🙏', '❤️', '😊', '✅', '👀'];

/** What else can be seen of a message, and done to it. */
export function MessageMenu({ message, look, onLook, onSource, can, onEdit, onChange }: MenuProps) {
  const toast = useToast();
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/c/${encodeURIComponent(message.conversationId)}?at=${encodeURIComponent(message.id)}`);
    toast({ text: 'Link to this message copied.' });
  };
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon variant="subtle" size={22} className={styles['button'] ?? ''} aria-label="More about this message">
          <Ellipsis size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {message.email?.hasHtml === true && (
          <Menu.Item leftSection={look === 'html' ? <FileText size={15} /> : <LayoutTemplate size={15} />} onClick={() => onLook(look === 'html' ? 'text' : 'html')}>
            {look === 'html' ? 'Show as text' : 'Show as laid out'}
          </Menu.Item>
        )}
        {(message.email !== undefined || message.matched !== undefined) && (
          <Menu.Item leftSection={<ListTree size={15} />} onClick={() => onLook(look === 'headers' ? 'text' : 'headers')}>
            {look === 'headers' ? 'Hide details' : 'Details'}
          </Menu.Item>
        )}
        {message.hasSource && (
          <Menu.Item leftSection={<Code size={15} />} onClick={onSource}>
            Show original
          </Menu.Item>
        )}
        {can.includes('react') && (
          <div className={styles['quick']} role="group" aria-label="React">
            {quick.map((emoji) => (
              <Menu.Item key={emoji} aria-label={`React with ${emoji}`} onClick={() => onChange({ type: 'react', emoji, on: true })}>
                {emoji}
              </Menu.Item>
            ))}
          </div>
        )}
        {can.includes('edit') && (
          <Menu.Item leftSection={<PencilLine size={15} />} onClick={onEdit}>
            Change
          </Menu.Item>
        )}
        {can.includes('delete') && (
          <Menu.Item leftSection={<Trash2 size={15} />} color="red" onClick={() => onChange({ type: 'delete' })}>
            Take back
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Link2 size={15} />} onClick={() => void copyLink()}>
          Copy link
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
