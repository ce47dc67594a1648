// The script of all pages. They work without it; with it, a page that waits changes as soon as something
// happens, and keeps half a passcode.

(() => {
  const announcer = document.getElementById('announcer');
  let countdown;
  let source;
  let leaving = false;

  const main = () => document.getElementById('main');
  const page = (name) => `${main().dataset.base}/${name}`;
  const go = () => location.assign(page('login'));

  const stop = () => {
    clearInterval(countdown);
    source?.close();
    source = undefined;
  };

  const showSeconds = (left) => {
    const element = document.getElementById('countdown');
    if (element === null) {
      return;
    }
    element.dataset.seconds = String(left);
    element.textContent = element.dataset.text.replace('{seconds}', String(left));
  };

  const tick = () => {
    const element = document.getElementById('countdown');
    if (element !== null) {
      showSeconds(Math.max(0, Number(element.dataset.seconds) - 1));
    }
  };

  const showStatus = (text) => {
    const status = document.getElementById('status');
    if (status === null || status.textContent === text) {
      return;
    }
    status.textContent = text;
    announcer.textContent = text;
  };

  const replaceMain = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const next = fresh.getElementById('main');
    if (next === null) {
      return location.reload();
    }
    const before = document.getElementById('passcode');
    const hadFocus = before === document.activeElement;
    main().replaceWith(next);
    document.title = fresh.title;
    const after = document.getElementById('passcode');
    if (before !== null && after !== null) {
      after.value = before.value;
      if (hadFocus) {
        after.focus();
      }
    }
    // An alert speaks for itself.
    const news = next.querySelector('.notice.good') ?? next.querySelector('h1');
    announcer.textContent = next.querySelector('[role=alert]') === null ? news.textContent : '';
    start();
  };

  const refresh = async () => {
    stop();
    const response = await fetch(page('login'), { headers: { accept: 'text/html' } });
    const isHere = response.ok && new URL(response.url).pathname === page('login');
    return isHere ? replaceMain(await response.text()) : location.reload();
  };

  // The buttons below change with the device; the keyboard stays where it is.
  const chooseDevice = async (form) => {
    stop();
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, { method: 'POST', body });
    replaceMain(await response.text());
    document.getElementById('device')?.focus();
  };

  const onState = (state) => {
    if (state.page === 'granted' || state.page === 'gone') {
      stop();
      // A form is on its way already: cutting it off could lose the cookie in its answer.
      setTimeout(go, leaving ? 3000 : 0);
    } else if (state.page === main().dataset.live) {
      showStatus(state.status);
      showSeconds(state.secondsLeft);
    } else if (!leaving) {
      refresh().catch(() => leaving || go());
    }
  };

  const start = () => {
    if (main().dataset.live === undefined) {
      return;
    }
    countdown = setInterval(tick, 1000);
    source = new EventSource(page('events'));
    source.addEventListener('state', (event) => onState(JSON.parse(event.data)));
  };

  addEventListener('submit', () => {
    leaving = true;
  });
  addEventListener('change', ({ target }) => {
    const form = target.closest('[data-submit-on-change]');
    if (form !== null) {
      chooseDevice(form).catch(() => form.requestSubmit());
    }
  });
  // A page from the back button's memory may be of a login that has ended.
  addEventListener('pageshow', (event) => {
    if (event.persisted) {
      location.reload();
    }
  });
  start();
})();
