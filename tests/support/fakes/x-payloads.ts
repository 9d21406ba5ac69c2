/** Payloads in the shape that docs.x.com/x-api/activity/event-payloads shows; people and words are invented. */
export function envelope(of: { type: string; payload: unknown; includes: unknown; uuid: string; accountId: string; direction?: string }): Record<string, unknown> {
  return {
    data: {
      event_uuid: of.uuid,
      filter: { user_id: of.accountId, ...(of.direction === undefined ? {} : { direction: of.direction }) },
      event_type: of.type,
      tag: 'rapport',
      payload: of.payload,
      ...(of.includes === undefined ? {} : { includes: of.includes }),
    },
  };
}

export function includedUser(user: { id: string; name: string; username: string }, automated: boolean): Record<string, unknown> {
  return {
    ...user, protected: false, verified: false, verified_type: 'none', description: '', created_at: '2024-03-02T10:00:00.000Z',
    public_metrics: { followers_count: 12, following_count: 3, tweet_count: 40, listed_count: 0 },
    ...(automated ? { affiliation: { description: 'Automated' } } : {}),
  };
}

/** A reply's text begins with the name of the one it answers; X says where the shown part begins, in code points. */
export function postPayload(post: { id: string; authorId: string; conversationId: string; text: string; answers?: { postId: string; id: string; username: string } }): Record<string, unknown> {
  const prefix = post.answers === undefined ? '' : `@${post.answers.username} `;
  const text = `${prefix}${post.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`;
  return {
    id: post.id, author_id: post.authorId, conversation_id: post.conversationId, text, lang: 'de', reply_settings: 'everyone', possibly_sensitive: false, paid_partnership: false,
    created_at: new Date().toISOString(), edit_history_tweet_ids: [post.id], display_text_range: [[...prefix].length, [...text].length],
    public_metrics: { retweet_count: 0, reply_count: 0, like_count: 0, quote_count: 0, bookmark_count: 0, impression_count: 0 },
    edit_controls: { edits_remaining: 5, is_edit_eligible: true, editable_until: '2030-01-01T00:00:00.000Z' },
    ...(post.answers === undefined ? {} : {
      in_reply_to_user_id: post.answers.id,
      referenced_tweets: [{ type: 'replied_to', id: post.answers.postId }],
      entities: { mentions: [{ start: 0, end: prefix.length - 1, username: post.answers.username, id: post.answers.id }] },
    }),
  };
}
