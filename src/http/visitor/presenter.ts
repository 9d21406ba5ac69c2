import type { VisitorMessage } from '../../adapters/contract/visitors.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Message } from '../../inbox/model/message.js';
import { emailOf } from './email-of.js';
import type { VisitorReply } from './frames.js';
import type { OwnConversation, Visitor, VisitorContext } from './visitor.js';

/** Turns stored messages and rows into what one visitor may see. Remembers names for as long as it lives. */
export class VisitorPresenter {
  private readonly names = new Map<string, string | undefined>();
  private company: Promise<string> | undefined;

  constructor(private readonly context: VisitorContext, private readonly visitor: Visitor) {}

  async message(message: Message): Promise<VisitorMessage | undefined> {
    const { deps } = this.context;
    const agentName = message.author.type === 'agent' && message.author.id !== undefined ? await this.agent(message.author.id) : undefined;
    return deps.webchat.show(message, {
      ...(agentName === undefined ? {} : { agentName }),
      companyName: await this.companyName(),
      fileUrl: (file) => this.fileUrl(file),
    });
  }

  async agent(agentId: string): Promise<string | undefined> {
    if (!this.names.has(agentId)) this.names.set(agentId, await this.context.deps.agentName(agentId));
    return this.names.get(agentId);
  }

  async state(conversations: readonly OwnConversation[]): Promise<VisitorReply & { type: 'state' }> {
    const newest = conversations.at(-1)?.row;
    const name = newest?.assigneeId === undefined ? undefined : await this.agent(newest.assigneeId);
    const email = conversations.length === 0 ? undefined : await emailOf(this.context, this.visitor);
    return { type: 'state', ...(name === undefined ? {} : { person: { name } }), ...(email === undefined ? {} : { email }), conversations: conversations.map(({ row }) => conversationOf(row)) };
  }

  companyName(): Promise<string> {
    this.company ??= companyNameOf(this.context, this.visitor);
    return this.company;
  }

  private fileUrl(file: { id: string; name: string; mime: string; size: number }): string {
    const { deps } = this.context;
    const { channelId, visitorId } = this.visitor.pass;
    const token = deps.webchat.sealFile({ channelId, visitorId, blobId: file.id, name: file.name.slice(0, 200), mime: file.mime, size: file.size }, 'download', deps.clock());
    return `chat/v1/${channelId}/files/${file.id}?t=${token}`;
  }
}

export async function companyNameOf(context: VisitorContext, entrance: { settings: Visitor['settings'] }): Promise<string> {
  return entrance.settings.companyName ?? (await context.deps.workspace()).companyName;
}

function conversationOf(row: Conversation) {
  return { id: row._id, startedAt: row.createdAt, seenSeq: row.readSeq, readSeq: row.customerReadSeq ?? 0 };
}
