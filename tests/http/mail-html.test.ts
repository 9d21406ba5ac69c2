import { expect } from 'chai';
import fc from 'fast-check';
import { safeStyle } from '../../src/http/mail/safe-style.js';
import { sanitiseMail } from '../../src/http/mail/sanitise-mail.js';
import { textAsHtml } from '../../src/http/mail/text-as-html.js';
import { mailPayloads } from '../support/mail-payloads.js';

const images = new Map([['logo@posteo.example', '/api/v1/attachments/abc?pass=1.YQ.x']]);
const clean = (html: string, remoteImages: 'blocked' | 'shown' = 'blocked') => sanitiseMail(html, { remoteImages, images }).html;
const payloads = mailPayloads((name) => `http://tracker.example/${name}.png`);

describe('The HTML of a mail', () => {
  it('keeps what a letter is made of', () => {
    const letter = '<h1>Hello</h1><p dir="ltr" style="color:#333;font-size:14px">Dear <b>Ines</b>,<br /><a href="https://posteo.example/?a=1&amp;b=2">link</a></p><ul><li>one</li></ul><table width="600" cellpadding="0"><tr><td align="center" bgcolor="#eeeeee">cell</td></tr></table><blockquote>before</blockquote><pre>code  here</pre>';
    expect(clean(letter)).to.equal(letter.replace('b=2">', 'b=2" target="_blank" rel="noopener noreferrer nofollow">'));
  });

  it('shows pictures that came with it, by a link that needs no cookie', () => {
    expect(clean('<img src="cid:logo@posteo.example" alt="Logo">')).to.equal('<img alt="Logo" src="/api/v1/attachments/abc?pass=1.YQ.x" referrerpolicy="no-referrer" />');
    expect(clean('<img src="CID:logo%40posteo.example">')).to.contain('/api/v1/attachments/abc');
    expect(clean('<img src="cid:other@posteo.example" alt="x">')).to.equal('<img alt="x" />');
    expect(clean('<img src="data:image/png;base64,iVBORw0KGgo=">')).to.contain('src="data:image/png;base64,iVBORw0KGgo="');
  });

  it('counts the pictures that it leaves out, and shows them when asked', () => {
    const html = '<img src="https://a.example/1.png"><img src="http://a.example/2.png" width="1"><img src="cid:logo@posteo.example"><img src="javascript:1">';
    expect(sanitiseMail(html, { remoteImages: 'blocked', images }).remoteImages).to.equal(2);
    const shown = sanitiseMail(html, { remoteImages: 'shown', images });
    expect(shown.remoteImages).to.equal(0);
    expect(shown.html).to.contain('src="https://a.example/1.png" referrerpolicy="no-referrer"');
  });

  it('has nothing left that a closed list does not name: no handler, no script, no frame, no form, no address that fetches', () => {
    for (const { name, html } of payloads) {
      const result = clean(html);
      expect(result, name).not.to.match(/<(?!\/?(?:a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr)[\s/>])/i);
      expect(result.replace(/"[^"]*"/g, '""'), name).not.to.match(/<[^>]*\s(?:on\w+|srcset|background|ping|poster|action|formaction|data|cite|is|name|id|class)\s*=/i);
      expect([...result.matchAll(/(?:src|href)="([^"]*)"/g)].filter(([, url = '']) => !/^(?:https?:\/\/|mailto:|tel:|data:image\/(?:png|jpeg|jpg|gif|webp);base64,|\/api\/v1\/attachments\/abc)/.test(url)), name).to.deep.equal([]);
      expect([...result.matchAll(/style="([^"]*)"/g)].filter(([, style = '']) => /url|var|image|expression|attr|\\|\/\*|@|</i.test(style)), name).to.deep.equal([]);
    }
    expect(payloads.length).to.be.greaterThan(200);
  });

  it('is finished when it is sanitised: doing it again changes nothing, whatever came in', () => {
    const piece = fc.oneof(
      fc.constantFrom(...payloads.map(({ html }) => html)),
      fc.string({ unit: fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', '&', ';', '#', 'a', 'b', 'p', 'img', 'style', 'src', 'href', ':', '!', '-', '\0', '\n', 'table', 'td', 'svg', 'script', 'é', 'color:red', 'https://x.example', 'cid:logo@posteo.example'), maxLength: 60 }),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 5 }), fc.constantFrom('blocked' as const, 'shown' as const), (pieces, remote) => {
      const once = clean(pieces.join(''), remote);
      expect(clean(once, remote)).to.equal(once);
    }), { numRuns: 600 });
  });

  it('has styles that colour and lay out, and cannot compute or fetch', () => {
    expect(safeStyle('color: #FF0000 ; FONT-SIZE:12px;background:url(x);position:fixed;margin:0 auto!important')).to.equal('color:#FF0000;font-size:12px;margin:0 auto!important');
    expect(safeStyle("font-family:'Segoe UI', Arial;background-color:rgba(0, 0, 0, .5)")).to.equal('font-family:Segoe UI, Arial;background-color:rgba(0, 0, 0, .5)');
    expect(safeStyle('color:\\75rl(x);width:calc(1px + 2px);color:var(--x);color:r\0ed')).to.equal('');
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('color', ':', ';', 'url(', ')', '(', '\\', '"', "'", '/*', '*/', 'var(', 'red', ' ', '\n', 'rgb(1,2,3)', '@import', '<', 'background', '!important', 'width', '10px', ',') }), (style) => {
      const safe = safeStyle(style);
      expect(safeStyle(safe)).to.equal(safe);
      expect(safe.replace(/(?:rgb|hsl)a?\([0-9 .,%/deg-]*\)/gi, '')).not.to.match(/[()\\"'@<>]|\/\*/);
    }));
  });

  it('is sanitised in a bearable time, whatever shape it has, or refused', () => {
    const million = 1_000_000;
    for (const unit of ['<div>', '<a href=x ', '<!--', '<p style="a:', '&#', '<svg><style>', '<b><i>', '<', '</div>', '<div style="color:red;">', '<img src=data:image/png;base64,A', '<table><tr><td>', '<p>', '&', '"', '<a\n', '<img src="http://x">', '<![CDATA[', '<p style="color:red;color:red">x</p>']) {
      const html = unit.repeat(Math.floor(million / unit.length));
      const start = performance.now();
      try {
        sanitiseMail(html, { remoteImages: 'blocked', images });
      } catch (error) {
        expect((error as { code?: string }).code).to.equal('too_large');
      }
      expect(performance.now() - start, JSON.stringify(unit)).to.be.lessThan(3000);
    }
    expect(() => clean('x'.repeat(million + 1))).to.throw(/too large/);
  });

  it('is not made from plain text: plain text shows exactly its characters', () => {
    expect(clean(textAsHtml('<script>alert("1")</script> & \'x\''))).to.equal('<pre>&lt;script&gt;alert("1")&lt;/script&gt; &amp; \'x\'</pre>');
    for (const { name, html } of payloads) expect(clean(textAsHtml(html)).replace(/^<pre>|<\/pre>$/g, ''), name).not.to.match(/<|>/);
  });
});
