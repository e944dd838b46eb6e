/** The style of the shop's pages: the tokens of the wallet's own look, drawn for light and dark. */
export const shopStyle = `
:root {
  color-scheme: light;
  --paper: #f6f5f1; --surface: #ffffff; --raised: #fbfaf7; --line: #e3e0d8; --line-strong: #8a8d86;
  --ink: #16191a; --ink-2: #454c4c; --ink-3: #626968; --jade: #0a6651; --jade-soft: #e2f0ea; --on-jade: #ffffff;
  --vermilion: #a9321b; --vermilion-soft: #fbeae5; --amber: #7d5200; --amber-soft: #fbf1dc;
  --shadow: 0 1px 2px rgb(22 25 26 / .05), 0 8px 24px rgb(22 25 26 / .06);
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #0f1312; --surface: #161b1a; --raised: #1c2221; --line: #29302e; --line-strong: #74807b;
    --ink: #ecefec; --ink-2: #b7bfbb; --ink-3: #909995; --jade: #52cda5; --jade-soft: #12312a; --on-jade: #04231a;
    --vermilion: #ff8f76; --vermilion-soft: #3a1c15; --amber: #e8b75a; --amber-soft: #33270f;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .35);
  }
}
@media (prefers-contrast: more) { :root { --line: var(--ink); --line-strong: var(--ink); --ink-3: var(--ink-2); } }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body { background: var(--paper); color: var(--ink); font: 14px/1.5 "Inter Variable", Inter, "Noto Sans SC Variable", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", system-ui, sans-serif; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--jade); outline-offset: 2px; border-radius: 6px; }
.page { max-width: 760px; margin: 0 auto; padding: 24px 16px 64px; }
.page, .page > header, main { display: grid; gap: 24px; }
.top { display: flex; gap: 12px; align-items: center; justify-content: space-between; flex-wrap: wrap; }
.mark { display: flex; gap: 8px; align-items: center; font-weight: 650; text-decoration: none; }
.seal { width: 22px; height: 22px; border-radius: 5px; background: #a9321b; color: #fff; display: grid; place-items: center; font-size: 12px; font-weight: 700; }
.langs { display: flex; gap: 12px; font-size: 13px; color: var(--ink-3); }
.langs [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
.sandbox { border: 1px dashed var(--line-strong); border-radius: 6px; padding: 8px 12px; font-size: 12px; color: var(--ink-3); }
h1 { font-size: 28px; font-weight: 600; letter-spacing: -.01em; line-height: 1.2; }
h2 { font-size: 13px; font-weight: 600; color: var(--ink-2); }
.sub { color: var(--ink-3); font-size: 13px; }
.amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.shops { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); padding: 0; list-style: none; }
.shop { display: grid; gap: 4px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px; text-decoration: none; height: 100%; align-content: start; }
.shop:hover { border-color: var(--line-strong); }
.shop b { font-size: 16px; font-weight: 600; }
.rows { border-top: 1px solid var(--line); padding: 0; list-style: none; }
.row { display: grid; grid-template-columns: 1fr auto 72px; gap: 16px; align-items: center; min-height: 56px; padding: 8px 0; border-bottom: 1px solid var(--line); }
.row.plain { grid-template-columns: 1fr auto; }
.row b { font-weight: 520; }
.row.sum { border-bottom: 0; border-top: 2px solid var(--ink); font-size: 16px; font-weight: 620; margin-top: -1px; }
input[type=number] { font: inherit; font-variant-numeric: tabular-nums; width: 72px; min-height: 40px; padding: 4px 8px; color: var(--ink); background: var(--surface); border: 1px solid var(--line-strong); border-radius: 6px; text-align: right; }
.btn { font: inherit; font-weight: 550; min-height: 44px; padding: 10px 18px; border-radius: 6px; border: 1px solid var(--line-strong); background: var(--surface); color: var(--ink); display: inline-flex; align-items: center; justify-content: center; text-decoration: none; cursor: pointer; }
.btn.go { background: var(--jade); border-color: var(--jade); color: var(--on-jade); font-size: 16px; }
.btn.plain { background: none; border-color: transparent; color: var(--ink-2); }
.btn:active { transform: translateY(1px); }
form { display: grid; gap: 16px; }
form h2 { margin-bottom: -8px; }
.acts { display: flex; gap: 12px; flex-wrap: wrap; align-items: center; }
.slip { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); overflow: hidden; max-width: 480px; width: 100%; margin: 0 auto; }
.slip > header { padding: 24px 24px 16px; text-align: center; display: grid; gap: 8px; justify-items: center; }
.slip > header .sub { margin-top: 4px; }
.slip .big { font-size: 44px; font-weight: 380; letter-spacing: -.03em; line-height: 1.15; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.slip .unit { font-size: 20px; letter-spacing: 0; color: var(--ink-3); }
.state { display: inline-flex; gap: 8px; align-items: center; padding: 2px 12px; border-radius: 99px; font-size: 13px; font-weight: 550; background: var(--amber-soft); color: var(--amber); }
.state::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: currentColor; }
.state.paid { background: var(--jade-soft); color: var(--jade); }
.state.cancelled, .state.expired { background: var(--vermilion-soft); color: var(--vermilion); }
.slip dl { padding: 0 24px; } .slip dl div { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-top: 1px solid var(--line); }
.slip dt { color: var(--ink-3); } .slip dd { text-align: right; overflow-wrap: anywhere; }
.slip .total { border-top: 2px solid var(--ink); font-weight: 620; font-size: 16px; } .slip .total dt { color: var(--ink); }
.way { padding: 16px 24px 24px; display: grid; gap: 16px; justify-items: center; text-align: center; }
.way .btn { width: 100%; }
.qr { background: #fff; border-radius: 10px; width: 216px; height: 216px; overflow: hidden; } .qr svg { width: 100%; height: 100%; display: block; }
.code { font-size: 28px; font-weight: 600; letter-spacing: .08em; font-variant-numeric: tabular-nums; user-select: all; }
.or { display: grid; gap: 8px; justify-items: center; width: 100%; border-top: 1px solid var(--line); padding-top: 16px; }
@media (max-width: 480px) { .page { padding: 16px 12px 48px; } .slip .big { font-size: 36px; } .row { grid-template-columns: 1fr auto; } .row input { grid-column: 2; } }
@media (prefers-reduced-motion: no-preference) { .state { transition: background-color 220ms, color 220ms; } }
`
