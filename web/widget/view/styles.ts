/** After `design/screens/bubble.html`: the same tokens, sizes and radii. Given to the shadow root as a constructed sheet, which no CSP of the page forbids. */
export const styles = `
:host{all:initial;position:fixed;z-index:2147483000;inset:auto;font:14px/1.45 Inter,"Inter Variable",system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
*{box-sizing:border-box}
.root{--bg:#f6f5f2;--surface:#fff;--raised:#fbfaf8;--line:#e7e4de;--text:#1f1d1a;--muted:#5d5850;--faint:#6f6960;--accent:#3f51c7;--soft:#eceefb;--on:#fff;--ok:#2a7152;--bad:#b8352c;--av:#e9e3d6;--avt:#5c5140;--them:var(--bg);--edge:transparent;--float:0 12px 48px rgba(20,18,12,.18),0 0 0 1px var(--line);color:var(--text)}
.root.dark{--bg:#141416;--surface:#1c1c1f;--raised:#212125;--line:#2e2e33;--text:#ecebe8;--muted:#b0ada7;--faint:#9b9791;--accent:#8fa0ff;--soft:#272b45;--on:#10131f;--ok:#6cc79c;--bad:#f08a80;--av:#3a352b;--avt:#d9cfbb;--them:var(--raised);--edge:var(--line);--float:0 12px 48px rgba(0,0,0,.5),0 0 0 1px var(--line);color-scheme:dark}
button,input,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{border:0;background:none;padding:0;margin:0;cursor:pointer}
:focus{outline:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
[hidden]{display:none!important}
.i{width:18px;height:18px;display:block;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bub{position:fixed;right:24px;bottom:24px;width:54px;height:54px;border-radius:18px;background:var(--accent);color:var(--on);display:grid;place-items:center;box-shadow:0 6px 22px rgba(40,50,140,.32);transition:transform .15s}
.bub:hover{transform:translateY(-1px)}.bub .i{width:24px;height:24px}
.badge{position:absolute;top:-5px;right:-5px;min-width:20px;height:20px;border-radius:10px;padding:0 6px;background:var(--bad);color:#fff;font-size:12px;line-height:20px;font-weight:620;text-align:center;font-variant-numeric:tabular-nums;box-shadow:0 0 0 2px var(--surface)}
.dark .badge{color:#10131f}
.app{position:fixed;right:24px;bottom:92px;width:376px;height:min(600px,calc(100vh - 116px));height:min(600px,calc(100dvh - 116px));background:var(--surface);border-radius:16px;box-shadow:var(--float);display:flex;flex-direction:column;overflow:hidden;animation:in .16s ease-out}
.left .bub{right:auto;left:24px}.left .app{right:auto;left:24px}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
.top{padding:16px 18px 14px;border-bottom:1px solid var(--line);display:flex;gap:11px;align-items:center;position:relative;flex:none}
.av{width:34px;height:34px;border-radius:50%;display:grid;place-items:center;font-size:12px;font-weight:620;background:var(--av);color:var(--avt);flex:none}
.name{flex:1;min-width:0}.name h2{margin:0;font-weight:640;font-size:15px;line-height:1.3;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.name h2:focus-visible{outline:none}
.name small{display:block;color:var(--muted);font-size:12.5px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.tool{width:32px;height:32px;margin:-4px;border-radius:8px;display:grid;place-items:center;color:var(--muted);flex:none}.tool:hover{background:var(--bg);color:var(--text)}.dark .tool:hover{background:var(--raised)}
.x{display:none}.top .tool+.tool{margin-left:2px}
.menu{position:absolute;top:50px;right:12px;z-index:2;background:var(--surface);border:1px solid var(--line);border-radius:10px;box-shadow:0 8px 28px rgba(20,18,12,.16);padding:5px;max-width:290px}
.menu button{display:block;width:100%;text-align:left;padding:8px 11px;border-radius:7px}.menu button:hover,.menu button:focus-visible{background:var(--bg)}.dark .menu button:hover,.dark .menu button:focus-visible{background:var(--raised)}
.menu .sure{color:var(--bad)}
.scroll{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;display:flex;flex-direction:column;scrollbar-width:thin;scrollbar-color:var(--line) transparent}
.log{margin-top:auto;padding:16px 18px;display:flex;flex-direction:column;gap:9px}
.b{max-width:84%;padding:9px 13px;border-radius:14px;background:var(--them);border:1px solid var(--edge);align-self:flex-start;white-space:pre-wrap;overflow-wrap:anywhere}
.b.u{background:var(--accent);color:var(--on);align-self:flex-end;border-color:transparent}
.b.late{opacity:.65}
.b a{color:inherit;text-underline-offset:2px}
.item{display:flex;flex-direction:column;gap:9px}
.who,.meta{font-size:12px;color:var(--muted)}
.who{margin:4px 0 -5px 2px}
.meta{align-self:flex-end;margin-top:-4px;text-align:right}.meta button{text-decoration:underline;text-underline-offset:2px;margin-left:7px;color:var(--text)}.meta .no{color:var(--bad)}
.sys,.day{align-self:center;font-size:12px;color:var(--muted);text-align:center;padding:4px 0;max-width:36ch;text-wrap:balance}
.day{font-size:11.5px;color:var(--faint)}
.pic{display:block;max-width:min(100%,230px);max-height:230px;border-radius:14px;border:1px solid var(--line);background:var(--bg);object-fit:cover}
.pl{align-self:flex-start;border-radius:14px}.pl.u{align-self:flex-end}
.file{display:flex;gap:9px;align-items:center;text-decoration:none!important;max-width:84%;padding:9px 13px;border-radius:14px;border:1px solid var(--line);color:var(--text);align-self:flex-start}.file.u{align-self:flex-end}.file:hover{border-color:var(--faint)}
.file span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.file small{color:var(--muted);font-size:12px;flex:none}.file .i{flex:none;color:var(--muted)}
.q{display:flex;gap:7px;flex-wrap:wrap;justify-content:flex-end;align-self:flex-end}
.q button{border:1px solid var(--accent);color:var(--accent);border-radius:16px;padding:5px 12px;font-size:13px;font-weight:540;text-align:left}.q button:hover{background:var(--soft)}
.typing{display:inline-flex;gap:4px;padding:12px 14px}.typing i{width:6px;height:6px;border-radius:50%;background:var(--faint);animation:dot 1.2s infinite}.typing i:nth-child(2){animation-delay:.15s}.typing i:nth-child(3){animation-delay:.3s}
@keyframes dot{0%,60%,100%{transform:none;opacity:.55}30%{transform:translateY(-3px);opacity:1}}
.jump{position:absolute;left:50%;transform:translateX(-50%);bottom:12px;background:var(--text);color:var(--surface);border-radius:16px;padding:5px 13px;font-size:12.5px;font-weight:540;box-shadow:0 4px 14px rgba(20,18,12,.2)}
.mid{flex:1;min-height:0;display:flex;flex-direction:column;position:relative}
.drop{position:absolute;inset:10px;border:2px dashed var(--accent);border-radius:12px;background:color-mix(in srgb,var(--surface) 88%,transparent);display:grid;place-items:center;color:var(--accent);font-weight:540;z-index:3;pointer-events:none}
.status{margin:0 14px 8px;padding:7px 12px;border-radius:9px;background:var(--bg);color:var(--muted);font-size:12.5px;flex:none}.dark .status{background:var(--raised)}
.in{margin:0 14px 8px;border:1px solid var(--line);border-radius:12px;padding:5px 6px 5px 14px;flex:none;background:var(--surface)}
.in:focus-within{border-color:var(--accent)}
.row{display:flex;gap:4px;align-items:flex-end}
textarea{flex:1;min-width:0;border:0;background:none;resize:none;padding:5px 0;margin:0;line-height:1.45;max-height:128px;min-height:30px;height:30px;outline:none!important}
textarea::placeholder,input::placeholder{color:var(--faint);opacity:1}
.clip{width:32px;height:30px;border-radius:9px;color:var(--faint);display:grid;place-items:center;flex:none}.clip:hover{color:var(--text)}
.send{width:30px;height:30px;border-radius:9px;background:var(--soft);color:var(--accent);display:grid;place-items:center;flex:none;transition:background .12s}
.send:not([aria-disabled]):hover,.send.ready{background:var(--accent);color:var(--on)}.send[aria-disabled]{cursor:default}
.chips{display:flex;flex-direction:column;gap:5px;padding:4px 8px 6px 0}
.chip{position:relative;display:flex;gap:8px;align-items:center;border:1px solid var(--line);border-radius:9px;padding:5px 5px 5px 10px;font-size:12.5px;overflow:hidden}
.chip span{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.chip small{color:var(--muted);font-size:12px}.chip .i{width:15px;height:15px}
.chip progress{position:absolute;left:0;right:0;bottom:0;width:100%;height:2px;border:0;appearance:none;background:none}.chip progress::-webkit-progress-bar{background:none}.chip progress::-webkit-progress-value{background:var(--accent);transition:width .15s}.chip progress::-moz-progress-bar{background:var(--accent)}
.chip button{width:24px;height:24px;border-radius:7px;display:grid;place-items:center;color:var(--muted)}.chip button:hover{color:var(--text)}
.ft{text-align:center;font-size:11.5px;color:var(--muted);padding:0 14px 11px;flex:none;min-height:28px;overflow-wrap:anywhere}
.ft button.a{text-decoration:underline;text-underline-offset:2px}.ft .okay{color:var(--ok)}
.ft form{display:flex;flex-wrap:wrap;gap:6px;align-items:center;justify-content:flex-end;text-align:left}
.ft input{flex:1 1 190px;min-width:0;color:var(--text);border:1px solid var(--line);border-radius:8px;background:var(--surface);padding:6px 10px;font-size:13px}.ft input:focus{border-color:var(--accent);outline:none}
.ft .do{background:var(--accent);color:var(--on);border-radius:8px;padding:6px 11px;font-size:12.5px;font-weight:560}.ft .no{padding:6px 4px;font-size:12.5px}
.ft p{margin:0 0 6px;text-align:left;font-size:12px}.ft .bad{color:var(--bad)}
@media(max-width:640px){.app,.left .app{inset:0;width:auto;height:auto;border-radius:0;box-shadow:none}.full .bub{display:none}.x{display:grid}.top{padding-top:max(16px,env(safe-area-inset-top))}.ft{padding-bottom:max(11px,env(safe-area-inset-bottom))}textarea,.ft input{font-size:16px}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media(forced-colors:active){.b,.bub,.q button,.send{border:1px solid}}
@media print{.app,.bub{display:none}}
`;
