import type { Millis } from '../../inbox/model/common.js';
import type { DeleteEvent, EditEvent, IdentityEvent, MessageEvent, ReactionEvent } from '../../inbox/model/event.js';
import type { StoryFile, StoryTeam } from '../stories/story.js';

interface At {
  at: Millis;
  /** Names one conversation of the script. */
  thread: string;
}

/** What an agent does. `{agent}` in a text becomes the first name of whoever does it. */
export type AgentDeed =
  | { do: 'reply'; text: string; files: StoryFile[] }
  | { do: 'note'; text: string }
  | { do: 'tag'; tags: string[] }
  | { do: 'priority'; priority: 'low' | 'normal' | 'high' | 'urgent' }
  | { do: 'team'; team: StoryTeam }
  | { do: 'snooze'; until: Millis }
  /** `careless`: closed although the customer's last word still waits for an answer. */
  | { do: 'status'; status: 'pending' | 'resolved' | 'spam'; careless?: boolean }
  | { do: 'draft'; text: string }
  | { do: 'no_answer'; reason: string }
  /** Whoever writes here is who wrote in that other thread. */
  | { do: 'join'; other: string; reason: string }
  /** Agrees to what the core has suggested about this person, if it has. */
  | { do: 'accept' };

export type ScriptStep = At & (
  | { do: 'write'; event: MessageEvent; files: StoryFile[] }
  | { do: 'identify'; event: IdentityEvent }
  /** To a post of theirs, or (a reaction) to what was sent last: then `target` is still empty. */
  | { do: 'change'; event: EditEvent | DeleteEvent | ReactionEvent }
  /** The far end returns what was sent last in this thread. */
  | { do: 'bounce'; text: string; channelId: string }
  /** `team` answers when nobody is assigned. */
  | { do: 'act'; team: StoryTeam; deed: AgentDeed }
);

export interface Script {
  /** In the order of time. */
  steps: ScriptStep[];
  /** Number of stories told; some are two conversations. */
  stories: number;
}
