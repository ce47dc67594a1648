import { callControl, keepToken, keepUsers, keptUsers, readEvents, takeToken } from './api.js';
import { button, option } from './elements.js';
import { loadFaults } from './faults.js';
import { createHandset } from './handset.js';
import { appendLog, focusFilter, showLog } from './log.js';
import { showUser } from './users.js';

const element = (id) => document.querySelector(`#${id}`);
const connection = element('connection');
const others = element('others');

let users = [];
let pending = [];
let handsets = [];
/** The phone that was used last: its user is the one whose settings are shown. */
let current;

const setConnection = (state, text) => {
  connection.dataset.state = state;
  connection.textContent = text;
};

const showCurrent = () => showUser(current.user());

/** A picked user stays, whatever arrives for others; so do all when one of them was picked. */
const keepShown = () => keepUsers(handsets.flatMap((one) => one.user()?.username ?? []));

const numberHandsets = () => {
  for (const [index, handset] of handsets.entries()) {
    handset.number(index, handsets.length === 1);
  }
};

const removeHandset = (handset) => {
  handsets = handsets.filter((one) => one !== handset);
  handset.section.remove();
  numberHandsets();
  [current] = handsets;
  keepShown();
  showCurrent();
  showOthers();
  element('add-phone').focus();
};

const addHandset = () => {
  const handset = createHandset({
    onPick: () => {
      keepShown();
      showCurrent();
      showPending();
    },
    onRemove: () => removeHandset(handset),
  });
  handset.section.addEventListener('focusin', () => {
    if (current !== handset) {
      current = handset;
      showCurrent();
    }
  });
  handsets.push(handset);
  current ??= handset;
  element('handsets').append(handset.section);
  numberHandsets();
  return handset;
};

const isShown = (username) => handsets.some((handset) => handset.user()?.username === username);

/** A user who is worth a phone: with something to answer, else with answers to give. */
const nextUser = () => {
  const free = users.filter(({ username, devices }) => !isShown(username) && devices.length > 0);
  const waiting = free.find((user) => pending.some(({ username }) => username === user.username));
  return waiting ?? free.find(({ answer }) => answer === 'manual') ?? free[0];
};

const loadUsers = async () => {
  users = await callControl('GET', '/users');
  const names = keptUsers();
  while (handsets.length < Math.max(names.length, 1)) {
    addHandset();
  }
  for (const [index, handset] of handsets.entries()) {
    handset.showUsers(users, users.find(({ username }) => username === names[index]) ?? nextUser());
  }
  showCurrent();
};

const loadPhones = () => Promise.all(handsets.map((handset) => handset.load()));

/** Offers the users with something to answer whom no phone shows. */
const showOthers = () => {
  const names = [...new Set(pending.map(({ username }) => username))].filter(
    (username) => !isShown(username),
  );
  others.replaceChildren(
    ...names.map((username) => {
      const count = pending.filter((one) => one.username === username).length;
      return button(`${username}: ${count} pending`, () => {
        current.turnTo(username);
        keepShown();
        showCurrent();
        showPending();
        current.focus();
        void current.load();
      });
    }),
  );
};

const showPending = () => {
  for (const handset of handsets) {
    handset.showPending(pending);
  }
  showOthers();
};

/** The first phone turns to a user with a push when its own has none, unless a user was picked. */
const loadPending = async () => {
  pending = await callControl('GET', '/transactions');
  const [first] = handsets;
  const isBusy = pending.some(({ username }) => username === first.user()?.username);
  const waiting = pending.find(({ username }) => !isShown(username));
  if (waiting && !isBusy && keptUsers().length === 0) {
    first.turnTo(waiting.username);
    showCurrent();
  }
  showPending();
};

const loadActivations = async () => {
  const open = await callControl('GET', '/activations');
  element('open-codes').replaceChildren(...open.map(({ code }) => option(code, code)));
  for (const handset of handsets) {
    handset.showActivations(open);
  }
};

const onChange = async (what) => {
  if (what.includes('directory')) {
    await loadUsers();
  }
  if (what.includes('faults')) {
    await loadFaults();
  }
  await loadPending();
  await Promise.all([loadPhones(), loadActivations()]);
};

const listen = async () => {
  await onChange(['directory', 'faults']);
  showLog(await callControl('GET', '/log'));
  await readEvents({
    ready: () => setConnection('live', 'Live'),
    change: onChange,
    log: appendLog,
  });
};

const askForToken = () => {
  setConnection('off', 'Not connected');
  element('workspace').hidden = true;
  element('token-form').hidden = false;
};

const retryMs = 1500;

/** Stays connected: a simulator that is restarted is found again, one with another token asks for it. */
const connect = async () => {
  element('token-form').hidden = true;
  element('workspace').hidden = false;
  for (;;) {
    try {
      await listen();
    } catch (error) {
      if (error.status === 401) {
        askForToken();
        return;
      }
    }
    setConnection('off', 'Connection lost, trying again…');
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};

element('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(element('token').value.trim());
  void connect();
});

element('add-phone').addEventListener('click', async () => {
  const next = nextUser();
  const handset = addHandset();
  handset.showUsers(users, next);
  keepShown();
  showPending();
  handset.focus();
  await Promise.all([handset.load(), loadActivations()]);
});

// The phone in use comes first, then the others in their order.
const press = (what) => {
  [current, ...handsets].some((handset) => handset.press(what));
};

const shortcuts = {
  a: () => press('approve'),
  d: () => press('deny'),
  f: () => press('fraud'),
  p: () => press('pick_up'),
  '/': focusFilter,
};

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest('input, select, textarea');
  const shortcut = shortcuts[event.key.toLowerCase()];
  if (isTyping || !shortcut || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  event.preventDefault();
  shortcut();
});

setInterval(() => {
  for (const handset of handsets) {
    handset.tick();
  }
}, 250);

// A link that is opened where the page is already open changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

if (takeToken()) {
  void connect();
} else {
  askForToken();
}
