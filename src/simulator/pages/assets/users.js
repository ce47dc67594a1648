import { callControl } from './api.js';
import { button, create } from './elements.js';

const element = (id) => document.querySelector(`#${id}`);
const panel = element('users-panel');
const change = element('user-change');
const result = element('user-result');
const list = element('device-list');

let shownUser;

const userPath = () => `/users/${encodeURIComponent(shownUser.username)}`;

/** Carries a change out and says how it went; the simulator announces the change to every page. */
const carryOut = async (done, ...request) => {
  try {
    await callControl(...request);
    result.textContent = done;
    return true;
  } catch (error) {
    result.textContent = error.message;
    return false;
  }
};

const showDevice = ({ id, display_name: name, kind, reachable }) => {
  const path = `/devices/${encodeURIComponent(id)}`;
  const item = create('li');
  const label = reachable ? `${name} · ${kind}` : `${name} · ${kind}, off`;
  const turn = () =>
    carryOut(`${name} is ${reachable ? 'off' : 'on'}.`, 'PATCH', path, { reachable: !reachable });
  const remove = () => carryOut(`${name} was removed.`, 'DELETE', path);
  item.append(
    create('span', label),
    ...(kind === 'token' ? [] : [button(`Turn ${reachable ? 'off' : 'on'}`, turn, name)]),
    button('Remove', remove, name),
  );
  return item;
};

// What a keyboard is on must not be lost when its list is drawn again.
const keepFocus = (draw) => {
  const name = list.contains(document.activeElement) ? document.activeElement.ariaLabel : '';
  draw();
  if (name === '') {
    return;
  }
  const same = [...list.querySelectorAll('button')].find((one) => one.ariaLabel === name);
  (same ?? panel.querySelector('summary')).focus();
};

const splitNames = (text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Shows a user's settings and devices. What is typed but not saved stays while the user does. */
export const showUser = (user) => {
  const keepsTyped = user?.id === shownUser?.id && change.dataset.dirty !== undefined;
  shownUser = user;
  change.hidden = user === undefined;
  element('device-form').hidden = user === undefined;
  keepFocus(() => list.replaceChildren(...(user?.devices ?? []).map(showDevice)));
  if (user === undefined || keepsTyped) {
    return;
  }
  delete change.dataset.dirty;
  element('user-legend').textContent = user.username;
  const { status, answer, answer_after_seconds: seconds, groups } = change.elements;
  status.value = user.status;
  answer.value = user.answer;
  seconds.value = user.answer_after_seconds;
  groups.value = user.groups.join(', ');
};

change.addEventListener('input', () => {
  change.dataset.dirty = 'true';
});

change.addEventListener('submit', (event) => {
  event.preventDefault();
  const { status, answer, answer_after_seconds: seconds, groups } = change.elements;
  delete change.dataset.dirty;
  void carryOut(`${shownUser.username} was changed.`, 'PATCH', userPath(), {
    status: status.value,
    answer: answer.value,
    answer_after_seconds: Number(seconds.value),
    groups: splitNames(groups.value),
  });
});

element('remove-user').addEventListener('click', () =>
  carryOut(`${shownUser.username} was removed.`, 'DELETE', userPath()),
);

const filled = (form) =>
  Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));

element('device-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const done = `${shownUser.username} has another device.`;
  if (await carryOut(done, 'POST', `${userPath()}/devices`, filled(form))) {
    form.reset();
  }
});

element('new-user').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const { username, groups = '' } = filled(form);
  const user = { username, groups: splitNames(groups) };
  if (await carryOut(`${username} was added.`, 'POST', '/users', user)) {
    form.reset();
  }
});
