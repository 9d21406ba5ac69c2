import { createHash } from 'node:crypto';

/** `CONVERSATION/ACTIVITY`, the conversation without the thread that Teams hangs behind it: an activity is unique there. */
export type ActivityKey = string & { readonly brand: 'BotFrameworkActivityKey' };

export function activityKey(conversationId: string, activityId: string): ActivityKey {
  return `${conversationId.replace(/;messageid=.*$/u, '')}/${activityId}` as ActivityKey;
}

/** The activity that a key is about. */
export function activityIdOf(key: string): string | undefined {
  const at = key.lastIndexOf('/');
  return at === -1 || at === key.length - 1 ? undefined : key.slice(at + 1);
}

/** Ledger key of a delivery; what carries no id is known by its content. */
export function eventIdOf(type: string, conversationId: string, activity: { id: string | undefined; raw: unknown }): string {
  const id = activity.id ?? createHash('sha256').update(JSON.stringify(activity.raw) ?? '').digest('hex').slice(0, 32);
  return `${type}:${conversationId}:${id}`;
}

/** Part of an identity's id, where ':' separates. */
export function scopeText(text: string): string {
  return text.replaceAll(':', '_').slice(0, 200);
}
