import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { getSource } from '../api/get-source.js';
import styles from './source-dialog.module.css';

const shownLetters = 300_000;

/** The message exactly as it came in. */
export function SourceDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const source = useQuery(getSource(useApi(), messageId));
  return (
    <Modal opened onClose={onClose} title="As it came in" size={860}>
      {source.error !== null ? (
        <Failed error={source.error} what="The source" onRetry={() => void source.refetch()} />
      ) : source.data === undefined ? (
        <Waiting what="Loading" />
      ) : (
        <>
          <pre className={styles['source']} tabIndex={0}>
            {source.data.slice(0, shownLetters)}
          </pre>
          <a className={styles['whole']} href={`/api/v1/messages/${encodeURIComponent(messageId)}/source`} download>
            {source.data.length > shownLetters ? 'This is the beginning; download the whole' : 'Download'}
          </a>
        </>
      )}
    </Modal>
  );
}
