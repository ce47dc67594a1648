/**
 * The script of all pages. They work without it; with it, a page that waits is told at once when
 * something happens, and half a passcode survives that.
 */
export const loginScript = `'use strict';
(() => {
  const announcer = document.getElementById('announcer');
  let countdown;
  let source;
  let leaving = false;

  const main = () => document.getElementById('main');

  const tick = () => {
    const element = document.getElementById('countdown');
    if (element === null) return;
    const left = Math.max(0, Number(element.dataset.seconds) - 1);
    element.dataset.seconds = String(left);
    element.textContent = element.dataset.text.replace('{seconds}', String(left));
  };

  const show = (text) => {
    const status = document.getElementById('status');
    if (status === null || status.textContent === text) return;
    status.textContent = text;
    announcer.textContent = text;
  };

  const replaceMain = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const next = fresh.getElementById('main');
    if (next === null) return location.reload();
    const before = document.getElementById('passcode');
    const typed = before === null ? '' : before.value;
    const hadFocus = before !== null && before === document.activeElement;
    main().replaceWith(next);
    document.title = fresh.title;
    const after = document.getElementById('passcode');
    if (after !== null) {
      after.value = typed;
      if (hadFocus) after.focus();
    }
    const notice = next.querySelector('.notice');
    announcer.textContent = notice === null ? next.querySelector('h1').textContent : notice.textContent;
    start();
  };

  const refresh = async () => {
    stop();
    const reply = await fetch(main().dataset.base + '/login', { headers: { accept: 'text/html' } });
    const here = new URL(reply.url).pathname === main().dataset.base + '/login';
    return here && reply.ok ? replaceMain(await reply.text()) : location.reload();
  };

  const go = () => location.assign(main().dataset.base + '/login');

  function stop() {
    clearInterval(countdown);
    if (source !== undefined) source.close();
    source = undefined;
  }

  function start() {
    const live = main().dataset.live;
    if (live === undefined) return;
    countdown = setInterval(tick, 1000);
    source = new EventSource(main().dataset.base + '/events');
    source.addEventListener('state', (event) => {
      const state = JSON.parse(event.data);
      if (state.page === 'granted' || state.page === 'gone') {
        stop();
        // A form is on its way already: cutting it off could lose the cookie in its answer.
        setTimeout(go, leaving ? 3000 : 0);
      } else if (leaving) {
        return;
      } else if (state.page !== live) {
        refresh().catch(() => leaving || go());
      } else {
        show(state.status);
        const element = document.getElementById('countdown');
        if (element !== null) element.dataset.seconds = String(state.secondsLeft);
      }
    });
  }

  addEventListener('submit', () => {
    leaving = true;
  });

  // A page from the back button's memory may be of a login that has ended.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  start();
})();
`;
