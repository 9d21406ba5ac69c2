/** Twilio's name for a message: SM… or MM… and 32 hexadecimal figures. */
export type MessageSid = string & { readonly brand: 'MessageSid' };

export function messageSid(value: string | undefined): MessageSid | undefined {
  return value !== undefined && /^(?:SM|MM)[0-9a-zA-Z]{1,64}$/u.test(value) ? (value as MessageSid) : undefined;
}

/** One conversation for each pair of our number and theirs. */
export function threadKey(ours: string, theirs: string): string {
  return `${ours}/${theirs}`;
}

export function readThreadKey(key: string): { ours: string; theirs: string } | undefined {
  const cut = key.indexOf('/');
  return cut <= 0 || cut === key.length - 1 ? undefined : { ours: key.slice(0, cut), theirs: key.slice(cut + 1) };
}

/** Phone numbers are the same whoever is written to. */
export const scope = 'number';

/** A number by which a person is known elsewhere too; short codes and names of senders are none. */
export function isPhone(address: string): boolean {
  return /^\+[1-9]\d{6,14}$/u.test(address);
}
