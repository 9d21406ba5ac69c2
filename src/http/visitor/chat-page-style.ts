/** Style of the page `/chat`; allowed there by its hash. */
export const chatPageStyle = `
:root{--bg:#f6f5f2;--surface:#fff;--line:#e7e4de;--text:#1f1d1a;--muted:#5d5850;--accent:#3f51c7;--on:#fff;--soft:#eceefb}
@media(prefers-color-scheme:dark){:root{--bg:#141416;--surface:#1c1c1f;--line:#2e2e33;--text:#ecebe8;--muted:#b0ada7;--accent:#8fa0ff;--on:#10131f;--soft:#272b45}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.55 Inter,system-ui,-apple-system,"Segoe UI",sans-serif}
header,main,footer{max-width:1060px;margin:0 auto;padding:0 32px}
header{display:flex;align-items:center;gap:24px;padding-top:24px}
.brand{display:flex;gap:10px;align-items:center;font-weight:640;color:inherit;text-decoration:none}
nav{margin-left:auto;display:flex;gap:22px}nav a,.quiet{color:var(--muted);text-decoration:none}nav a:hover,.quiet:hover{color:var(--text)}
svg{fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.hero{display:grid;grid-template-columns:1.15fr 1fr;gap:40px;align-items:center;padding:72px 0 56px}
.kicker{margin:0 0 10px;color:var(--muted);font-size:14px}
h1{font-size:clamp(32px,5vw,46px);line-height:1.1;letter-spacing:-.025em;margin:0 0 16px;font-weight:680;text-wrap:balance}
.lead{color:var(--muted);max-width:50ch;margin:0 0 26px}
.button{display:inline-block;background:var(--accent);color:var(--on);text-decoration:none;padding:11px 18px;border-radius:8px;font-weight:560;margin-right:18px}
a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:6px}
.bike{width:100%;height:auto;stroke-width:3}.bike .box{fill:var(--soft);stroke:var(--accent)}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}
article{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:22px}
h2{font-size:18px;margin:0 0 6px;font-weight:620}article p{margin:0;color:var(--muted);font-size:15px}.price{padding-top:14px;color:var(--text)!important;font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:repeat(3,1fr);gap:16px;padding:44px 0;border-bottom:1px solid var(--line);margin-bottom:44px}
.facts b{display:block;font-size:22px;font-weight:640}.facts span,.ask p{color:var(--muted)}
.ask{max-width:56ch;padding-bottom:56px}.ask p{margin:0}
footer{padding-top:20px;padding-bottom:40px;color:var(--muted);font-size:13px}
@media(max-width:760px){header,main,footer{padding-left:20px;padding-right:20px}nav{display:none}.hero{grid-template-columns:1fr;padding:40px 0}.cards,.facts{grid-template-columns:1fr}}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
