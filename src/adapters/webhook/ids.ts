/** Names a customer by the id that the operator's system uses. */
export type WebhookUserId = string & { readonly brand: 'WebhookUserId' };

const idPattern = /^[\p{L}\p{N}._:@+/=-]{1,200}$/u;

/** Back an id, or `undefined` when it is none: letters, figures and . _ : @ + / = -, at most 200. */
export function webhookUserId(value: string): WebhookUserId | undefined {
  return idPattern.test(value) ? (value as WebhookUserId) : undefined;
}
