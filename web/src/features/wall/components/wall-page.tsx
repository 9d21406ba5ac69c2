import { useEffect } from 'react';
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CloudOff, Maximize2, CircleCheck } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { Empty, Failed } from '../../../components/notice.js';
import { RowSkeletons } from '../../../components/skeleton.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import { timeOfDay } from '../../../lib/time/format.js';
import { toggled, type WallFilter as Filter } from '../model/filter.js';
import { wallSentence, withLoads } from '../model/wall-words.js';
import { Screen } from './screen.js';
import { useWall } from './use-wall.js';
import { useWallActions } from './use-wall-actions.js';
import { WallFilter } from './wall-filter.js';
import { WallNumbers } from './wall-numbers.js';
import { WallRows } from './wall-rows.js';
import { WallSide } from './wall-side.js';
import styles from './wall-page.module.css';

/** Now: who waits, since when, against which target, and who is there. With `?screen=1` for a screen on the wall. */
export function WallPage() {
  const me = useMe();
  const navigate = useNavigate();
  const { screen, team, channel } = useSearch({ from: '/app/wall' });
  const filter: Filter = { team, channel };
  const shown = useWall(filter);
  const actions = useWallActions(me);
  const go = (next: Filter & { screen?: boolean }) =>
    void navigate({ to: '/wall', search: { ...(next.team === undefined ? {} : { team: next.team }), ...(next.channel === undefined ? {} : { channel: next.channel }), ...(next.screen === true ? { screen: 1 as const } : {}) } });
  useEffect(() => {
    document.title = 'Now · Rapport';
  }, []);
  const enlarge = () => {
    go({ ...filter, screen: true });
    // Where the browser does not allow it the page is as large as its window.
    document.documentElement.requestFullscreen().catch(() => undefined);
  };
  useKeys([{ key: 'f', label: 'Full screen', group: 'Go to', run: enlarge }], screen === undefined);
  if (screen !== undefined) return <Screen {...shown} me={me} onLeave={() => go(filter)} />;
  const { wall, now, asOf, stale, error, retry } = shown;
  return (
    <main className={styles['page']} data-stale={stale || undefined}>
      <header className={styles['head']}>
        <h1>Now</h1>
        <p>{wall === undefined ? '' : wallSentence(wall.waiting, now)}</p>
        {stale && (
          <span className={styles['pill']} role="status">
            <CloudOff size={14} aria-hidden /> Not live: as of {timeOfDay(asOf)}
          </span>
        )}
        <div className={styles['tools']}>
          <WallFilter me={me} filter={filter} onFilter={go} />
          <Button variant="default" leftSection={<Maximize2 size={14} aria-hidden />} rightSection={<Kbd of="f" />} aria-keyshortcuts="f" onClick={enlarge}>
            Full screen
          </Button>
        </div>
      </header>
      {wall === undefined ? (
        error === null ? <RowSkeletons count={8} /> : <Failed error={error} what="The wall" onRetry={retry} />
      ) : (
        <div className={styles['body']}>
          <WallNumbers waiting={wall.waiting} now={now} />
          <div className={styles['columns']}>
            <section aria-label="Who waits">
              {wall.rows.length === 0 ? (
                <Empty icon={<CircleCheck size={22} strokeWidth={1.6} />} title="Nobody waits.">
                  As soon as a customer writes, they stand here with their clock.
                </Empty>
              ) : (
                <WallRows rows={wall.rows} me={withLoads(me, wall)} now={now} actions={actions} />
              )}
              {wall.waiting.conversations > wall.rows.length && <p className={styles['rest']}>{wall.waiting.conversations - wall.rows.length} more wait; these are the most urgent.</p>}
            </section>
            <aside className={styles['side']} aria-label="Teams, channels and people">
              <WallSide wall={wall} me={me} now={now} onTeam={(id) => go({ ...filter, team: toggled(filter.team, id) })} onChannel={(id) => go({ ...filter, channel: toggled(filter.channel, id) })} />
            </aside>
          </div>
        </div>
      )}
    </main>
  );
}
