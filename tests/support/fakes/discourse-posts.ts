/** Posts in the shape of Discourse's `WebHookPostSerializer`; people and words are invented. */
export interface StoredPost {
  id: number;
  topicId: number;
  number: number;
  author: Member;
  raw: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  replyTo?: number;
  postType: number;
  archetype: 'regular' | 'private_message';
  deletedAt?: string;
}

export interface Member {
  id: number;
  username: string;
  name: string;
  admin?: boolean;
  moderator?: boolean;
}

export function serialized(post: StoredPost, answered?: StoredPost): Record<string, unknown> {
  return {
    id: post.id, name: post.author.name, username: post.author.username, avatar_template: `/user_avatar/community.velowerk.example/${post.author.username}/{size}/1_2.png`,
    created_at: post.createdAt, cooked: `<p>${post.raw}</p>`, post_number: post.number, post_type: post.postType, posts_count: post.number, updated_at: post.updatedAt, reply_count: 0,
    reply_to_post_number: post.replyTo ?? null, quote_count: 0, incoming_link_count: 0, reads: 1, score: 0, topic_id: post.topicId, topic_slug: 'ein-thema', topic_title: 'Was tun, wenn es quietscht?',
    category_id: post.archetype === 'regular' ? 4 : null, display_username: post.author.name, version: post.version, user_title: null, bookmarked: false, raw: post.raw,
    moderator: post.author.moderator === true, admin: post.author.admin === true, staff: post.author.admin === true || post.author.moderator === true, user_id: post.author.id, hidden: false, trust_level: 1,
    deleted_at: post.deletedAt ?? null, user_deleted: post.deletedAt !== undefined, edit_reason: null, wiki: false, reviewable_id: null, reviewable_score_count: 0,
    topic_posts_count: post.number, topic_filtered_posts_count: post.number, topic_archetype: post.archetype, ...(post.archetype === 'regular' ? { category_slug: 'werkstatt' } : {}),
    ...(answered === undefined ? {} : { reply_to_user: { id: answered.author.id, username: answered.author.username, name: answered.author.name, avatar_template: '' } }),
    ...(post.postType === 3 ? { action_code: 'closed.enabled' } : {}),
  };
}
