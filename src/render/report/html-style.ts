/** The style of the HTML report. Colours are told apart by their brightness too, and in the dark. */
export const style = `
:root{color-scheme:light dark;--ink:#1a1d21;--quiet:#5a6472;--paper:#fff;--panel:#f4f6f8;--line:#d5dbe1;--good:#bfe5c6;--good-ink:#0b5a23;--bad:#f7b9b4;--bad-ink:#8f1409;--none:#e7eaee;--warn:#ffe2a8;--link:#0b57c2}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--quiet:#9aa5b1;--paper:#15181c;--panel:#1e2329;--line:#343c45;--good:#1d4f2c;--good-ink:#a7ecba;--bad:#6b1d17;--bad-ink:#ffc9c4;--none:#2a3037;--warn:#5c4713;--link:#8ab8ff}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header{padding:28px max(24px,calc(50vw - 540px)) 20px;background:var(--panel);border-bottom:4px solid var(--line)}
header.conforms{border-color:var(--good-ink)}header.violates{border-color:var(--bad-ink)}
main{max-width:1128px;margin:0 auto;padding:8px 24px 64px}
h1{font-size:24px;margin:.2em 0 .6em;overflow-wrap:anywhere}h2{font-size:19px;margin:36px 0 10px}
.eyebrow,.quiet{color:var(--quiet);margin:0}
.badge{display:inline-block;padding:2px 12px;border-radius:6px;background:var(--warn)}
.conforms .badge{background:var(--good);color:var(--good-ink)}.violates .badge{background:var(--bad);color:var(--bad-ink)}
.facts{display:flex;flex-wrap:wrap;gap:12px 40px;margin:0}.facts dt{color:var(--quiet);font-size:13px}.facts dd{margin:0;font-weight:600}
code,pre{font:13px/1.45 ui-monospace,monospace}
pre{overflow-x:auto;padding:12px;background:var(--panel);border:1px solid var(--line);border-radius:6px}
.violation{border:1px solid var(--line);border-left:5px solid var(--bad-ink);border-radius:6px;padding:10px 16px;margin:10px 0}
.violation summary{cursor:pointer;overflow-wrap:anywhere}.violation details{margin:6px 0}
.tag{margin-left:8px;padding:1px 8px;border-radius:4px;background:var(--none);font-size:13px}.tag.warn{background:var(--warn)}
.steps{padding-left:28px}.steps li{margin:6px 0;overflow-wrap:anywhere}.steps .outcome{color:var(--quiet)}.steps .last .outcome{color:var(--bad-ink);font-weight:600}
.explorer iframe{display:block;width:100%;height:min(86vh,1000px);margin:8px 0;border:1px solid var(--line);border-radius:6px}
.token{overflow-wrap:anywhere}
table{border-collapse:collapse;margin:10px 0}th,td{border:1px solid var(--line);padding:6px 10px;text-align:left;vertical-align:top}
caption{text-align:left;font-weight:600;padding:6px 0}thead th{background:var(--panel);font-size:13px}
.matrix td{text-align:center;min-width:112px}.matrix thead td{border:0}
td.conforms,.legend .conforms{background:var(--good);color:var(--good-ink)}td.violates,.legend .violates{background:var(--bad);color:var(--bad-ink);font-weight:700}td.unreached,.legend .unreached{background:var(--none);color:var(--quiet)}
.legend span{padding:2px 10px;border-radius:4px;margin-right:8px;font-size:13px}
.scroll{overflow-x:auto}.profile th{font-weight:600}.profile .quiet{font-weight:400}
.profile{width:100%}.profile td{white-space:nowrap}
.diagram{width:100%;max-width:960px;height:auto;font:12px system-ui,sans-serif}
.diagram .state rect{fill:var(--none);stroke:var(--line);stroke-width:1.5}.diagram .state.reached rect{fill:var(--panel);stroke:var(--ink)}
.diagram .state.wrong rect{fill:var(--bad);stroke:#c8281b}.diagram .state.wrong text{fill:var(--bad-ink)}
.diagram text{fill:var(--ink);text-anchor:middle}.diagram .state text{font-weight:600}
.diagram .edge path{fill:none;stroke-width:2.2}.diagram .edge text{paint-order:stroke;stroke:var(--paper);stroke-width:4px}
.diagram .conforms>path{stroke:#2b8a45}.diagram .violates>path{stroke:#c8281b}.diagram .unreached>path{stroke:#9aa5b1;stroke-dasharray:6 4}
.diagram marker path{stroke:none!important;stroke-dasharray:none!important}.diagram marker .conforms{fill:#2b8a45}.diagram marker .violates{fill:#c8281b}.diagram marker .unreached{fill:#9aa5b1}
.cause{margin:22px 0 4px;font-weight:600}
@media (max-width:640px){.diagram{min-width:720px}.matrix th[scope=row]{font-size:12px;max-width:128px;overflow-wrap:anywhere}.matrix td{min-width:84px}.profile,.profile tbody,.profile tr,.profile th,.profile td{display:block}.profile thead{display:none}.profile tr{margin-bottom:10px}.profile th,.profile td{overflow-wrap:anywhere;white-space:normal}}
.bars{max-width:560px}.bar{display:grid;grid-template-columns:110px 1fr 90px;gap:12px;align-items:center}.bar progress{width:100%}
a{color:var(--link)}.sources li{overflow-wrap:anywhere}
`;
