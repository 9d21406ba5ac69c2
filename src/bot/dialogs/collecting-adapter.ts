import { BotAdapter, TurnContext } from 'botbuilder-core';
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder-core';

/** Collects what the bot sends in one turn; sending it is the inbox's part. */
export class CollectingAdapter extends BotAdapter {
  private readonly collected = new Map<string, Partial<Activity>>();

  /** In the order they were sent. */
  get sent(): Partial<Activity>[] {
    return [...this.collected.values()];
  }

  /** Runs the bot's logic on one activity. */
  async take(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return Promise.resolve(activities.map((activity) => {
      const id = String(this.collected.size + 1);
      this.collected.set(id, activity);
      return { id };
    }));
  }

  updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    if (activity.id !== undefined && this.collected.has(activity.id)) this.collected.set(activity.id, activity);
    return Promise.resolve();
  }

  deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    if (reference.activityId !== undefined) this.collected.delete(reference.activityId);
    return Promise.resolve();
  }

  continueConversation(reference: Partial<ConversationReference>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.take(TurnContext.applyConversationReference({ type: 'event', name: 'continueConversation' }, reference, true), logic);
  }
}
