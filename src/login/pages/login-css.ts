/** The style sheet of all pages. Colours come in pairs, light and dark. */
export const loginCss = `
:root {
  color-scheme: light dark;
  --page: light-dark(#eef1f6, #10141b);
  --card: light-dark(#ffffff, #1a202b);
  --text: light-dark(#18202c, #e8ecf3);
  --faint: light-dark(#556072, #a3aec0);
  --line: light-dark(#ccd3de, #39445a);
  --field: light-dark(#ffffff, #121720);
  --bad: light-dark(#8f1d1d, #ffb4ac);
  --bad-ground: light-dark(#fdecea, #3a1a1c);
  --good: light-dark(#14532d, #a7e3bd);
  --good-ground: light-dark(#e6f5ec, #14301f);
  --focus: light-dark(#0b57d0, #8ab4f8);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 4vh 1rem 2rem;
  display: flex; flex-direction: column; align-items: center;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
.brand { display: flex; align-items: center; gap: .75rem; font-size: 1.125rem; font-weight: 600; margin-bottom: 1.25rem; }
.brand img { height: 2.5rem; width: auto; }
main {
  width: 100%; max-width: 27rem; padding: 2rem;
  background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--brand);
  border-radius: 14px; box-shadow: 0 12px 40px rgb(10 20 40 / 10%);
}
main:focus { outline: none; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; letter-spacing: -.01em; }
p { margin: 0 0 1rem; }
.who, .hint, small { color: var(--faint); }
.hint { font-size: .875rem; margin: 0 0 .4rem; }
label, legend { display: block; font-weight: 600; margin: 0 0 .3rem; padding: 0; }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
legend { margin-bottom: .75rem; }
input, select {
  width: 100%; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--faint); border-radius: 9px; padding: .65rem .75rem; margin-bottom: 1rem;
}
button, .button {
  display: inline-block; font: inherit; font-weight: 600; text-decoration: none; text-align: center;
  color: var(--on-brand); background: var(--brand); border: 1px solid transparent; border-radius: 9px;
  padding: .7rem 1.1rem; cursor: pointer;
}
form > button:not(.quiet) { width: 100%; }
button:hover, .button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.factors { display: grid; gap: .75rem; }
.factor {
  display: flex; align-items: center; gap: 1rem; width: 100%; text-align: start; padding: .9rem 1rem;
  color: var(--text); background: var(--field); border-color: var(--line);
}
.factor:hover { border-color: var(--brand); filter: none; }
.factor span { display: grid; }
.factor small { font-weight: 400; }
svg { width: 2.25rem; height: 2.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.passcode { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.row { display: flex; gap: .6rem; }
.row input { margin: 0; letter-spacing: .12em; min-width: 0; }
.row button { flex: none; }
.quiet { color: var(--text); background: none; border: 0; padding: .5rem; font-weight: 400; text-decoration: underline; }
.restart { margin: 1rem 0 -.75rem; text-align: center; }
.notice { border-radius: 9px; padding: .7rem .9rem; border: 1px solid currentColor; }
.bad { color: var(--bad); background: var(--bad-ground); }
.good { color: var(--good); background: var(--good-ground); }
.pending { text-align: center; margin-bottom: 1.25rem; }
.pending p { margin-bottom: .4rem; }
.pending-title { font-size: 1.125rem; font-weight: 600; }
.pulse { display: inline-grid; place-items: center; width: 5rem; height: 5rem; margin-bottom: .75rem; border-radius: 50%; color: var(--on-brand); background: var(--brand); animation: pulse 2s ease-out infinite; }
.code { font: 700 2.5rem/1.2 ui-monospace, "Cascadia Mono", Menlo, monospace; letter-spacing: .2em; margin-inline-start: .2em; }
.code-label, .countdown { color: var(--faint); }
.countdown { font-variant-numeric: tabular-nums; }
.skip { position: absolute; inset-inline-start: -999px; }
.skip:focus { position: static; margin-bottom: 1rem; color: var(--text); }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes pulse { from { box-shadow: 0 0 0 0 color-mix(in srgb, var(--brand) 45%, transparent); } to { box-shadow: 0 0 0 1.25rem transparent; } }
@media (prefers-reduced-motion: reduce) { .pulse { animation: none; } }
@media (max-width: 30rem) { body { padding-top: 1rem; } main { padding: 1.4rem 1.1rem; } .row { flex-wrap: wrap; } .row button { width: 100%; } }
`;
