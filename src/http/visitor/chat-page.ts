import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { chatPageStyle } from './chat-page-style.js';
import type { VisitorDeps } from './deps.js';

export interface ChatPage {
  html: string;
  /** Content-Security-Policy that the page needs, and no more. */
  csp: string;
}

/** A page of a company with the bubble on it: what a customer sees. Names are escaped; nothing else comes from outside. */
export function renderChatPage(page: { companyName: string; channelId: string }): ChatPage {
  const company = escaped(page.companyName);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${company}</title>
<style>${chatPageStyle}</style>
</head>
<body>
<header><a class="brand" href="/chat">${mark}<span>${company}</span></a><nav aria-label="Main"><a href="#bikes">Bikes</a><a href="#service">Service</a><a href="#ask">Questions</a></nav></header>
<main>
<section class="hero"><div><p class="kicker">Cargo bikes, made to order</p><h1>Bikes that carry everything but a grudge.</h1>
<p class="lead">Two children, a week of shopping, one cello. Built in our workshop, delivered to your door, and looked after for as long as you ride it.</p>
<p><a class="button" href="#bikes">See the bikes</a> <a class="quiet" href="#ask">Ask us anything</a></p></div>${bike}</section>
<section id="bikes" class="cards" aria-label="Bikes">
<article><h2>Short haul</h2><p>One child or forty litres. Light enough for the third floor.</p><p class="price">from 2,890</p></article>
<article><h2>Long haul</h2><p>Three children, or the whole market. Steady when fully loaded.</p><p class="price">from 4,350</p></article>
<article><h2>Night shift</h2><p>For couriers: a closed box, two batteries, brakes that forgive.</p><p class="price">from 5,120</p></article>
</section>
<section id="service" class="facts"><div><b>6 years</b><span>on every frame</span></div><div><b>48 hours</b><span>until a spare part is with you</span></div><div><b>A person</b><span>answers, and knows what you asked before</span></div></section>
<section id="ask" class="ask"><h2>A question before you buy, or long after?</h2><p>Write to us in the corner of this page. You need no account, and if you leave, the answer finds you by e-mail.</p></section>
</main>
<footer>A sample page that comes with Rapport. The bikes are invented; the chat in the corner is real.</footer>
<script src="widget.js" data-channel="${escaped(page.channelId)}"></script>
</body>
</html>
`;
  const styleHash = createHash('sha256').update(chatPageStyle).digest('base64');
  return { html, csp: `default-src 'none'; script-src 'self'; style-src 'sha256-${styleHash}'; connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'` };
}

/** Answers `GET /chat`, when there is a bubble to show. */
export async function sendChatPage(deps: VisitorDeps, exchange: { request: Request; response: Response; next: NextFunction }): Promise<void> {
  const channelId = await deps.chatPageChannel?.();
  if (channelId === undefined) return exchange.next();
  const { companyName } = await deps.workspace();
  const { html, csp } = renderChatPage({ companyName, channelId });
  exchange.response.set({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  exchange.response.send(html);
}

/** The one way of outside text into this page. */
function escaped(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}

const mark = '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><circle cx="9" cy="21" r="6"/><circle cx="24" cy="22" r="5"/><path d="M9 21l5-11h4l6 12M12 14h10"/></svg>';
const bike = '<svg class="bike" viewBox="0 0 360 240" role="img" aria-label="Drawing of a cargo bike"><circle cx="70" cy="178" r="38"/><circle cx="296" cy="186" r="30"/><circle cx="70" cy="178" r="4"/><circle cx="296" cy="186" r="4"/><path d="M70 178 118 96h28M118 96l34 82H70M152 178h96l48 8M146 96l-6-24h24M104 84h30M248 178l34-62h18l-4 70"/><path class="box" d="M164 112h104l-12 58h-84z"/><circle cx="152" cy="178" r="10"/></svg>';
