/** Integer milliseconds since 1970-01-01 UTC. */
export type Millis = number;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A kind of channel: the name of a folder in `src/adapters`. */
export type ChannelKind = 'webchat' | 'email' | 'webhook';

export type Language = string;
