import { Menu } from '@mantine/core';
import { Split } from 'lucide-react';
import type { ConversationRow, Me } from '../../../lib/shapes.js';
import type { Actions } from './use-actions.js';

/** Entries of the conversation's menu: one for each place of a connected account, or the end of the mirroring. */
export function MirrorMenu({ row, me, actions }: { row: ConversationRow; me: Me; actions: Actions }) {
  if (row.mirror !== undefined && row.mirror.failed === undefined) {
    return (
      <Menu.Item leftSection={<Split size={15} />} onClick={actions.stopMirror}>
        Stop mirroring
      </Menu.Item>
    );
  }
  const places = me.channels.flatMap((channel) => channel.mirrorPlaces.map((place) => ({ channelId: channel.id, name: channel.name, place })));
  return places.map(({ channelId, name, place }) => (
    <Menu.Item key={`${channelId}:${place}`} leftSection={<Split size={15} />} onClick={() => actions.startMirror({ channelId, place }, name)}>
      Mirror to {name} ({place})
    </Menu.Item>
  ));
}
