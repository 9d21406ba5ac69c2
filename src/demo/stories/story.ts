import type { DemoLanguage } from '../world/days.js';
import type { PlaceKind } from '../world/places.js';

/** `-dm`: a private message on a platform that is public otherwise. */
export type StoryChannel = 'email' | 'chat' | 'market' | PlaceKind | `${'discord' | 'x' | 'irc' | 'mastodon' | 'bluesky'}-dm`;
export type StoryTeam = 'orders' | 'billing' | 'workshop';
export type StoryFile = 'photo' | 'wheel' | 'crack' | 'invoice' | 'receipt' | 'calendar' | 'list';

/** Texts hold `[[this|that]]` and `{slots}`; both are filled when a story is told (`script/fill-text.ts`). */
export type Beat =
  | { do: 'write'; text: string; files: StoryFile[]; quick: boolean; auto?: string }
  | { do: 'reply'; text: string; files: StoryFile[]; quick: boolean }
  /** Answered from the colleague's own mail program; seen in the Sent folder. */
  | { do: 'outside'; text: string }
  | { do: 'note'; text: string }
  | { do: 'wait'; minutes: number }
  | { do: 'tag'; tags: string[] }
  | { do: 'priority'; priority: 'low' | 'normal' | 'high' | 'urgent' }
  | { do: 'team'; team: StoryTeam }
  | { do: 'snooze'; days: number }
  | { do: 'status'; status: 'pending' | 'resolved' | 'spam' }
  | { do: 'draft'; text: string }
  | { do: 'bounce'; text: string }
  | { do: 'no_answer'; reason: string }
  /** The same person goes on elsewhere. */
  | { do: 'switch'; to: StoryChannel; closes: boolean }
  /** They change, or take back, what they wrote last, or react to our last answer; left out where the channel has no such thing. */
  | { do: 'edit'; text: string }
  | { do: 'delete' }
  | { do: 'react'; emoji: string }
  /** The one who writes here is known to be the one who wrote in the place before. */
  | { do: 'join'; reason: string }
  /** The agent agrees that this is somebody whom we know from elsewhere, where the core has suggested it. */
  | { do: 'accept' };

export interface Story {
  id: string;
  language: DemoLanguage;
  team: StoryTeam;
  /** Where it may be told; one is chosen. */
  channels: StoryChannel[];
  /** How often it comes up, compared with others. */
  weight: number;
  /** Who tells it: one of the forty (`business`: one who runs a firm), somebody who has not written before, or software. */
  who: 'anybody' | 'business' | 'stranger' | 'machine';
  subject: string;
  /** Chosen once for the whole story: `{part}` is the same part in every line. Values of one option belong together. */
  choices: { names: string[]; options: string[][] }[];
  beats: Beat[];
}
