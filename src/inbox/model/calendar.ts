/** Minutes from midnight of its day; `to` may lie after midnight (up to 2880). */
export interface OpenBlock {
  from: number;
  to: number;
}

/** What a calendar says from a date on. */
export interface CalendarVersion {
  /** `YYYY-MM-DD` in `timeZone`; absent on the oldest, which holds for all time before as well. */
  since?: string;
  timeZone: string;
  /** `day` 0 = Monday. */
  blocks: (OpenBlock & { day: number })[];
  /** A ready-made list: ISO country, and the library's region where there is one. */
  holidays?: { country: string; region?: string };
  /** Days that differ, `YYYY-MM-DD`, each once: without blocks it is closed all day. Wins over holidays. */
  exceptions: { date: string; name: string; blocks: OpenBlock[] }[];
  /** The list resolved to days when it was saved; brought up to date each year. */
  holidayDays: { date: string; name: string }[];
  /** Where it counts. A customer's tag wins over a channel, a channel over a team, a team over the default. */
  teamIds: string[];
  channelIds: string[];
  customerTags: string[];
}

/** When somebody is there. `_id` = `default` counts where no other does. Collection `calendars`. */
export interface Calendar {
  _id: string;
  name: string;
  /** Oldest first. History is kept: a change counts from its date on. */
  versions: CalendarVersion[];
  createdAt: number;
}
