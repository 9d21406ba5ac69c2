import { Button } from '@mantine/core';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Empty, Failed } from '../../components/notice.js';
import styles from './page.module.css';

/** For an address that names nothing. */
export function NotFoundPage() {
  return (
    <main className={styles['alone']}>
      <Empty
        icon={<Compass size={22} strokeWidth={1.6} />}
        title="There is nothing at this address"
        action={
          <Button component={Link} to="/" variant="default">
            To the inbox
          </Button>
        }
      >
        The link may be old, or cut off at its end.
      </Empty>
    </main>
  );
}

/** For a screen that could not be loaded or broke. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles['alone']}>
      <Failed error={error} what="This page" onRetry={retry} />
    </main>
  );
}
