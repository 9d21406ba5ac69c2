import type { GroupBy } from '../api.js';
import { noneId, otherId } from '../figures/view.js';
import { outsideName } from '../names.js';
import type { GroupKey } from '../shapes.js';
import { capital, type Voice } from './voice.js';

/** What a group is called in one language: names that people gave stay as they are. */
export function groupName(by: GroupBy, { id, name }: GroupKey, voice: Voice): string {
  const { groups } = voice.words;
  if (id === noneId) return groups.none[by] ?? name;
  if (id === otherId) return groups.other[by] ?? name;
  switch (by) {
    case 'priority': return groups.priorities[id] ?? name;
    case 'customer': return groups.customers[id] ?? name;
    case 'language': return voice.languageName(id);
    case 'weekday': return capital(voice.weekday(Number(id)));
    case 'responder': {
      const outside = outsideName(id);
      return outside === undefined ? name : groups.outside(outside);
    }
    case 'team': case 'channel': case 'tag': case 'hour': return name;
  }
}
