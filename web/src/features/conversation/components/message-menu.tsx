import { ActionIcon, Menu } from '@mantine/core';
import { Code, Ellipsis, FileText, LayoutTemplate, Link2, ListTree } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import type { MessageView } from '../../../lib/shapes.js';
import styles from './message-menu.module.css';

type Look = 'text' | 'html' | 'headers';

/** What else can be seen of a message. */
export function MessageMenu({ message, look, onLook, onSource }: { message: MessageView; look: Look; onLook: (look: Look) => void; onSource: () => void }) {
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
        <Menu.Item leftSection={<Link2 size={15} />} onClick={() => void copyLink()}>
          Copy link
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
