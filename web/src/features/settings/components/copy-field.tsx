import { useState } from 'react';
import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import styles from './copy-field.module.css';

/** Something to be taken elsewhere: shown whole, copied with one click. */
export function CopyField({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className={styles['field']}>
      <code aria-label={label}>{text}</code>
      <Button variant="default" onClick={() => void copy()} leftSection={copied ? <Check size={14} /> : <Copy size={14} />}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
