/** What a person has to do when Discord ends the connection for good. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const refusals: Readonly<Record<number, string>> = {
  4004: 'Discord does not accept the bot token: reset it in the Developer Portal (Bot → Reset Token) and put the new one into Settings.',
  4010: 'Discord refused the connection (invalid shard). Connect the channel anew.',
  4011: 'The bot is on more than 2,500 servers; Discord asks for several connections then, which this channel does not make.',
  4012: 'Discord no longer speaks the version that we speak: Rapport has to be updated.',
  4013: 'Discord refused what we asked to read (invalid intents): Rapport has to be updated.',
  4014: 'Discord does not let the bot read messages in channels: switch on “Message Content Intent” in the Developer Portal (Bot → Privileged Gateway Intents), or leave “Channels and forums” empty to read direct messages only.',
};

/** The sentence for a close code after which nobody may connect again by itself; `undefined` for all others. */
export function refusalOf(closeCode: number): string | undefined {
  return refusals[closeCode];
}

/** Discord refused the bot; only a person can mend it. */
export class GatewayRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'GatewayRefused';
  }
}
