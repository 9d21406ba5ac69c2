/** A post's number on its site, as a text: the external id of a post. */
export type PostId = string & { readonly brand: 'DiscoursePostId' };

/** Ids come as numbers; a text of figures is taken too. System users have negative ones. */
export function postId(value: unknown): PostId | undefined {
  return wholeNumber(value) === undefined ? undefined : (String(value) as PostId);
}

export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** A topic, or a private conversation, which Discourse keeps as one. */
export function topicThread(topicId: number): string {
  return `topic:${topicId}`;
}

export function topicOfThread(threadKey: string): number | undefined {
  const figures = /^topic:(\d{1,15})$/.exec(threadKey)?.[1];
  return figures === undefined ? undefined : Number(figures);
}

/** What makes a user's number unique: the site. Without ':', which parts an identity's id. */
export function scopeOf(baseUrl: string): string {
  return new URL(baseUrl).host.replace(':', '~');
}

/**
 * The version alone is not enough: a post that is changed within the first minutes keeps its version, and only
 * `updated_at` moves on. Padded, so that later is greater as text.
 */
export function revisionOf(version: unknown, updatedAt: unknown): string {
  return `${String(wholeNumber(version) ?? 1).padStart(6, '0')}@${typeof updatedAt === 'string' ? updatedAt.slice(0, 40) : ''}`;
}
