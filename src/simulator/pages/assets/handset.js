import { callControl } from './api.js';
import { createCards } from './cards.js';
import { button, create, option } from './elements.js';

const template = document.querySelector('#handset');

const habits = {
  approve: 'approves by habit',
  deny: 'denies by habit',
  fraud: 'reports fraud by habit',
  ignore: 'never answers unless you do',
  manual: 'leaves the answer to you',
};

const fill = (select, options, preferred) => {
  const before = select.value;
  select.replaceChildren(...options);
  const values = options.map(({ value }) => value);
  select.value = [before, preferred, values[0]].find((value) => values.includes(value)) ?? '';
};

const withCount = (text, count) => (count ? `${text} (${count})` : text);

const grouped = (code) => code.replace(/(?=(?:\d{3})+$)/g, ' ').trim();

const localTime = (date, more) => date.toLocaleTimeString([], { hour12: false, ...more });

/** Shows passcode and text message. */
const showCodes = (
  part,
  { passcode, sms_passcodes: smsPasscodes = [], sms_sent_at_ms: smsSentAtMs },
) => {
  part('passcode-panel').hidden = passcode === undefined;
  part('passcode').textContent = passcode === undefined ? '' : grouped(passcode);
  part('passcode').dataset.code = passcode ?? '';
  part('sms-panel').hidden = smsSentAtMs === undefined;
  part('sms-time').textContent = smsSentAtMs === undefined ? '' : localTime(new Date(smsSentAtMs));
  part('sms-codes').replaceChildren(...smsPasscodes.map((code) => create('code', code)));
};

const activationItem = ({ code, username }, form) => {
  const item = create('li');
  const use = () => {
    form.elements.code.value = code;
    form.elements.name.focus();
  };
  item.append(button(`Use the code of ${username}`, use));
  return item;
};

const claim = async (form, result) => {
  try {
    const body = Object.fromEntries(new FormData(form));
    const device = await callControl('POST', '/activations', body);
    result.textContent = `Added: ${device.display_name}`;
    form.reset();
  } catch (error) {
    result.textContent = error.message;
  }
};

/** One phone on the page: a user, a device of theirs, and its screen. `onPick` follows every choice. */
export const createHandset = ({ onPick, onRemove }) => {
  const section = template.content.firstElementChild.cloneNode(true);
  const part = (name) => section.querySelector(`[data-part=${name}]`);
  const [userSelect, deviceSelect] = [part('user'), part('device')];
  const cards = createCards(part);
  let users = [];
  let isDevicePicked = false;

  const user = () => users.find(({ id }) => id === userSelect.value);
  const showUser = () => {
    const shown = user();
    const devices = shown?.devices ?? [];
    fill(
      deviceSelect,
      devices.map(({ id, display_name: name }) => option(id, name)),
    );
    deviceSelect.disabled = devices.length === 0;
    part('name').textContent = shown?.username ?? '';
    const status = shown && shown.status !== 'active' ? ` (${shown.status.replace('_', ' ')})` : '';
    part('habit').textContent = shown ? `${shown.username}${status} ${habits[shown.answer]}.` : '';
  };
  const load = async () => {
    const deviceId = deviceSelect.value;
    if (deviceId === '') {
      cards.show([], Date.now());
      showCodes(part, {});
      return;
    }
    const view = await callControl('GET', `/devices/${encodeURIComponent(deviceId)}`);
    // Another device may have been selected while this one was being read.
    if (deviceSelect.value !== deviceId) {
      return;
    }
    cards.show(view.transactions, view.now_ms);
    showCodes(part, view);
  };

  userSelect.addEventListener('change', () => {
    isDevicePicked = false;
    showUser();
    onPick();
    void load();
  });
  deviceSelect.addEventListener('change', () => {
    isDevicePicked = true;
    void load();
  });
  part('remove').addEventListener('click', onRemove);
  part('next-passcode').addEventListener('click', async () => {
    await callControl('POST', `/devices/${encodeURIComponent(deviceSelect.value)}/next-passcode`);
    await load();
  });
  part('claim-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void claim(event.target, part('claim-result'));
  });

  return {
    section,
    user,
    load,
    press: cards.press,
    focus: () => userSelect.focus(),
    showUsers(all, preferred) {
      users = all;
      fill(
        userSelect,
        users.map(({ id, username }) => option(id, username)),
        preferred?.id,
      );
      showUser();
    },
    turnTo(username) {
      userSelect.value = users.find((one) => one.username === username)?.id ?? userSelect.value;
      isDevicePicked = false;
      showUser();
    },
    /** Counts what waits for each user and device, and turns to a device that has something to answer. */
    showPending(pending) {
      const count = (isCounted) => pending.filter(isCounted).length;
      for (const item of userSelect.options) {
        const { username } = users.find(({ id }) => id === item.value) ?? {};
        item.textContent = withCount(
          username,
          count((one) => one.username === username),
        );
      }
      const mine = pending.filter(({ username }) => username === user()?.username);
      for (const item of deviceSelect.options) {
        const { display_name: name } = user().devices.find(({ id }) => id === item.value);
        item.textContent = withCount(
          name,
          count((one) => one.device_id === item.value),
        );
      }
      const [first] = mine;
      if (first && !isDevicePicked && !mine.some((one) => one.device_id === deviceSelect.value)) {
        deviceSelect.value = first.device_id;
      }
    },
    showActivations(open) {
      const items = open.map((activation) => activationItem(activation, part('claim-form')));
      part('open-activations').replaceChildren(...items);
    },
    /** Names the phone, which can be closed unless it is the only one. */
    number(index, isOnly) {
      section.setAttribute('aria-label', index === 0 ? 'Phone' : `Phone ${index + 1}`);
      part('remove').hidden = isOnly;
    },
    tick() {
      cards.showCountdowns();
      part('time').textContent = localTime(new Date(), { hour: '2-digit', minute: '2-digit' });
    },
  };
};
