/**
 * Lines that Discord itself writes into a channel, by message type. Types 0 (said), 19 (a reply), 20 and 23 (an app's
 * answer to a command) are somebody's words. https://docs.discord.com/developers/resources/message#message-object-message-types
 */
const systemLines: Readonly<Record<number, string>> = {
  1: 'added somebody', 2: 'removed somebody', 3: 'called', 4: 'changed the name of this channel', 5: 'changed the picture of this channel', 6: 'pinned a message',
  7: 'joined the server', 8: 'boosted the server', 9: 'boosted the server to level 1', 10: 'boosted the server to level 2', 11: 'boosted the server to level 3',
  12: 'follows another channel here', 18: 'started a thread', 21: 'started this thread', 24: 'was stopped by AutoMod', 25: 'subscribed to a role', 46: 'ended a poll',
};
const spoken = new Set([0, 19, 20, 23]);

/** What a system message tells, or `undefined` for one that somebody wrote. */
export function systemLine(type: number): string | undefined {
  return spoken.has(type) ? undefined : systemLines[type] ?? `caused a system message (type ${type})`;
}

/**
 * Events about servers, people and apps that say nothing of a conversation; some teach us names. Everything else that we
 * do not know is kept as unknown.
 */
const bookkeeping = /^(?:READY|RESUMED|(?:GUILD|CHANNEL|THREAD|PRESENCE|VOICE|USER|INTERACTION|APPLICATION|AUTO_MODERATION|STAGE|INTEGRATION|INVITE|WEBHOOKS|ENTITLEMENT|SUBSCRIPTION|SOUNDBOARD|MESSAGE_POLL_VOTE)(?:_[A-Z_]+)?)$/u;

export function isBookkeeping(kind: string): boolean {
  return bookkeeping.test(kind);
}
