import { Api } from './api.js';
import { Chat } from './chat.js';
import type { Claim } from './protocol.js';
import { openStore } from './storage.js';
import { Bubble } from './view/bubble.js';

/** What a site may do with its bubble. */
export interface RapportApi {
  /** `proven` when the hash was right. */
  identify(claim: Claim): Promise<{ proven: boolean }>;
  open(): void;
  close(): void;
  /** Called with the number of unread messages, at once and whenever it changes. */
  onUnread(callback: (count: number) => void): void;
  /** The visitor signs out: forgets them on this device. */
  reset(): void;
}

declare global {
  interface Window {
    Rapport?: RapportApi;
  }
}

function begin(script: HTMLScriptElement, channel: string): void {
  const base = new URL('.', script.src).href;
  const store = openStore(`rapport:${channel}:`);
  const tab = openStore(`rapport:${channel}:`, 'in the tab');
  const language = (script.dataset['language'] ?? navigator.language).toLowerCase();
  let token = store.get('token');
  const api = new Api(new URL(`chat/v1/${encodeURIComponent(channel)}`, base).href, () => token);
  const unreadListeners: ((count: number) => void)[] = [];
  let unread = 0;
  let bubble: Bubble | undefined;

  const changed = (): void => {
    bubble?.render();
    const count = chat.timeline.unread();
    if (count === unread) return;
    unread = count;
    for (const listener of unreadListeners) listener(count);
  };
  const chat = new Chat({
    api, store, language,
    token: { get: () => token, set: (next) => { token = next; } },
    isLooking: () => bubble?.isOpen === true && document.visibilityState === 'visible',
    onChange: () => changed(),
  });
  const show = async (): Promise<void> => {
    await chat.begin();
    bubble = new Bubble({
      chat, api, tab, base, theme: script.dataset['theme'],
      language: chat.config?.language ?? 'en',
      onOpen: (isOpen) => {
        tab.set('open', isOpen ? '1' : '');
        if (isOpen) chat.connect();
        chat.looked();
      },
    });
    bubble.mount();
    if (tab.get('open') === '1' && matchMedia('(min-width: 641px)').matches) bubble.open();
  };
  const shown = ready().then(show);
  shown.catch((error: unknown) => unreachable(base, error));
  document.addEventListener('visibilitychange', () => {
    chat.hurry();
    chat.looked();
  });
  window.Rapport = {
    identify: (claim) => chat.identify(claim).then(({ proven }) => ({ proven })),
    open: () => void shown.then(() => bubble?.open(), () => undefined),
    close: () => bubble?.close(),
    onUnread: (callback) => {
      unreadListeners.push(callback);
      callback(unread);
    },
    reset: () => (bubble === undefined ? chat.reset() : bubble.forget()),
  };
  dispatchEvent(new Event('rapport:ready'));
}

function ready(): Promise<void> {
  return new Promise((resolve) => {
    if (document.body !== null && document.readyState !== 'loading') resolve();
    else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  });
}

/** For whoever put the bubble on the page; visitors see no bubble then. */
function unreachable(base: string, error: unknown): void {
  console.warn(`Rapport: no chat here. Either ${base} cannot be reached, or ${location.origin} is not among the sites with the bubble (Settings, Channels, Web chat).`, error);
}

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : document.querySelector<HTMLScriptElement>('script[data-channel]');
const channel = script?.dataset['channel'];
if (window.Rapport === undefined && script !== null && channel !== undefined && channel !== '') begin(script, channel);
