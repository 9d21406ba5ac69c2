const remembered = 5_000;

/** Which of our messages each file goes out with: posts of files carry no metadata, and their echo may come before the answer. */
export class OwnFiles {
  private readonly messages = new Map<string, string>();

  note(fileId: string, messageId: string): void {
    this.messages.set(fileId, messageId);
    for (const oldest of this.messages.keys()) {
      if (this.messages.size <= remembered) break;
      this.messages.delete(oldest);
    }
  }

  messageOf(fileId: string): string | undefined {
    return this.messages.get(fileId);
  }
}
