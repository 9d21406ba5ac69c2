import type { Cursor } from './cursor.js';
import { VisitorFeed } from './feed.js';
import type { VisitorReply } from './frames.js';
import { countedAs, type Visitor, type VisitorContext } from './visitor.js';

/**
 * The same frames as over the socket: at once when something was missed, else with the first thing that happens, else
 * after `waitMs` with nothing new. `gone` resolves when the browser has hung up.
 */
export async function pollEvents(context: VisitorContext, visitor: Visitor, options: { cursor?: Cursor; waitMs: number; gone: Promise<void> }): Promise<{ frames: VisitorReply[]; cursor: string }> {
  const release = context.limits.connect(countedAs(visitor));
  const frames: VisitorReply[] = [];
  let failure: { error: unknown } | undefined;
  let wake = (): void => undefined;
  const something = new Promise<void>((resolve) => { wake = resolve; });
  let waiting = false;
  const timer = setTimeout(wake, options.waitMs);
  void options.gone.then(wake);
  const feed = new VisitorFeed(context, visitor, {
    ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
    send: (reply) => {
      frames.push(reply);
      if (waiting) wake();
      return Promise.resolve();
    },
    fail: (error) => {
      failure = { error };
      wake();
    },
  });
  try {
    await feed.start();
    waiting = true;
    const isNews = options.waitMs === 0 || options.cursor === undefined || frames.some((frame) => frame.type === 'message');
    if (!isNews && failure === undefined) await something;
    if (failure !== undefined) throw failure.error;
    return { frames: [...frames], cursor: feed.cursor() };
  } finally {
    clearTimeout(timer);
    feed.stop();
    release();
  }
}
