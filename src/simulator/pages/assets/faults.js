import { callControl } from './api.js';

const form = document.querySelector('#fault-form');
const list = document.querySelector('#fault-list');
const result = document.querySelector('#fault-result');

let faults = [];

const put = async (next) => {
  try {
    faults = await callControl('PUT', '/faults', { faults: next });
    result.textContent = '';
  } catch (error) {
    result.textContent = error.message;
  }
  render();
};

const describe = ({ kind, ...more }) =>
  [kind, ...Object.entries(more).map(([name, value]) => `${name}: ${value}`)].join(', ');

const render = () => {
  list.replaceChildren(
    ...faults.map((fault, index) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet';
      button.textContent = `Remove ${describe(fault)}`;
      button.addEventListener('click', () => put(faults.filter((_one, at) => at !== index)));
      item.append(button);
      return item;
    }),
  );
};

// What each kind needs beside its scope.
const details = {
  latency: { seconds: 3 },
  error: { code: 42901, retry_after_seconds: 2 },
  html: { status: 502 },
  clock: { offset_seconds: 600 },
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  const count = values.count ? { count: Number(values.count) } : {};
  void put([...faults, { ...values, ...details[values.kind], ...count }]);
});

/** Shows the faults in force. */
export const loadFaults = async () => {
  faults = await callControl('GET', '/faults');
  render();
};
