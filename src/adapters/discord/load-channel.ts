import { DiscordRefusal, type DiscordApi } from './api.js';
import type { Snowflake } from './ids.js';

/** A channel object, or `undefined` for one that is not there or not for the bot to see. */
export async function loadChannel(api: DiscordApi, id: string): Promise<unknown> {
  try {
    return await api.ask('GET', `/channels/${id as Snowflake}`);
  } catch (error) {
    if (error instanceof DiscordRefusal && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
