import { callControl, keepToken, keepUser, keptUser, readEvents, takeToken } from './api.js';
import { loadFaults } from './faults.js';
import { appendLog, focusFilter, showLog } from './log.js';
import { pressLatest, showCodes, showCountdowns, showTransactions } from './phone.js';

const element = (id) => document.querySelector(`#${id}`);
const userSelect = element('user');
const deviceSelect = element('device');
const connection = element('connection');

const habits = {
  approve: 'approves by habit',
  deny: 'denies by habit',
  fraud: 'reports fraud by habit',
  ignore: 'never answers unless you do',
  manual: 'leaves the answer to you',
};

let users = [];

const setConnection = (state, text) => {
  connection.dataset.state = state;
  connection.textContent = text;
};

const option = (value, text) => {
  const item = document.createElement('option');
  item.value = value;
  item.textContent = text;
  return item;
};

const chosenUser = () => users.find(({ id }) => id === userSelect.value);

const fill = (select, options, preferred) => {
  const before = select.value;
  select.replaceChildren(...options);
  const values = options.map(({ value }) => value);
  select.value = [before, preferred, values[0]].find((value) => values.includes(value)) ?? '';
};

const showDevices = () => {
  const user = chosenUser();
  const devices = user?.devices ?? [];
  fill(
    deviceSelect,
    devices.map(({ id, display_name: name }) => option(id, name)),
  );
  deviceSelect.disabled = devices.length === 0;
  element('phone-user').textContent = user?.username ?? '';
  const status = user && user.status !== 'active' ? ` (${user.status.replace('_', ' ')})` : '';
  element('habit').textContent = user ? `${user.username}${status} ${habits[user.answer]}.` : '';
};

const loadUsers = async () => {
  users = await callControl('GET', '/users');
  const withHands = users.find(({ answer, devices }) => answer === 'manual' && devices.length > 0);
  const wanted = users.find(({ username }) => username === keptUser());
  fill(
    userSelect,
    users.map(({ id, username }) => option(id, username)),
    (wanted ?? withHands)?.id,
  );
  showDevices();
};

const loadPhone = async () => {
  const deviceId = deviceSelect.value;
  if (deviceId === '') {
    showTransactions([], Date.now());
    showCodes({ sms_passcodes: [] });
    return;
  }
  const view = await callControl('GET', `/devices/${encodeURIComponent(deviceId)}`);
  // The user may have turned to another device while this one was being read.
  if (deviceSelect.value !== deviceId) {
    return;
  }
  showTransactions(view.transactions, view.now_ms);
  showCodes(view);
};

const loadActivations = async () => {
  const open = await callControl('GET', '/activations');
  element('open-codes').replaceChildren(...open.map(({ code }) => option(code, code)));
  element('open-activations').replaceChildren(
    ...open.map(({ code, username }) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet';
      button.textContent = `Use the code of ${username}`;
      button.addEventListener('click', () => {
        element('claim-code').value = code;
        element('claim-name').focus();
      });
      item.append(button);
      return item;
    }),
  );
};

/**
 * Counts what waits for each user, and turns to a user with a push when the shown one has none. A user
 * who was picked, by hand or by a link, stays.
 */
const loadPending = async () => {
  const counts = new Map();
  const pending = await callControl('GET', '/transactions');
  for (const { username } of pending) {
    counts.set(username, (counts.get(username) ?? 0) + 1);
  }
  for (const item of userSelect.options) {
    const { username } = users.find(({ id }) => id === item.value) ?? {};
    const count = counts.get(username);
    item.textContent = count ? `${username} (${count} pending)` : username;
  }
  const waiting = pending.find(({ device_id: device }) => device !== undefined);
  const current = chosenUser();
  if (!waiting || counts.has(current?.username) || keptUser() !== null) {
    return;
  }
  const next = users.find(({ username }) => username === waiting.username);
  userSelect.value = next?.id ?? userSelect.value;
  showDevices();
  deviceSelect.value = waiting.device_id;
};

const onChange = async (what) => {
  if (what.includes('directory')) {
    await loadUsers();
  }
  if (what.includes('faults')) {
    await loadFaults();
  }
  await loadPending();
  await Promise.all([loadPhone(), loadActivations()]);
};

const listen = async () => {
  await loadUsers();
  await loadPending();
  await Promise.all([loadPhone(), loadActivations(), loadFaults()]);
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

userSelect.addEventListener('change', () => {
  keepUser(chosenUser()?.username ?? '');
  showDevices();
  void loadPhone();
});
deviceSelect.addEventListener('change', loadPhone);

element('next-passcode').addEventListener('click', async () => {
  await callControl('POST', `/devices/${encodeURIComponent(deviceSelect.value)}/next-passcode`);
  await loadPhone();
});

element('claim-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const [code, name, number] = ['claim-code', 'claim-name', 'claim-number'].map(
    (id) => element(id).value,
  );
  const result = element('claim-result');
  try {
    const device = await callControl('POST', '/activations', { code, name, number });
    result.textContent = `Added: ${device.display_name}`;
    event.target.reset();
  } catch (error) {
    result.textContent = error.message;
  }
});

const shortcuts = {
  a: () => pressLatest('approve'),
  d: () => pressLatest('deny'),
  f: () => pressLatest('fraud'),
  p: () => pressLatest('pick_up'),
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
  showCountdowns();
  element('phone-time').textContent = new Date().toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}, 250);

// A link that is opened where the page is already open changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

if (takeToken()) {
  void connect();
} else {
  askForToken();
}
