import { button, create } from './elements.js';
import { showExchange } from './exchange.js';

const shownRows = 200;
const rows = document.querySelector('#log-rows');
const filter = document.querySelector('#filter');
const count = document.querySelector('#log-count');
const empty = document.querySelector('#log-empty');

let entries = [];

const haystack = (entry) =>
  [entry.method, entry.path, entry.username, entry.signature, entry.status, entry.outcome]
    .concat(entry.faults)
    .join(' ')
    .toLowerCase();

const matches = (entry) =>
  filter.value
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack(entry).includes(word));

const cell = (text, className) => create('td', text, className);

const toneOf = ({ status, outcome, is_open: isOpen }) => {
  if (isOpen) {
    return 'open';
  }
  if (status === 0 || status >= 500) {
    return 'bad';
  }
  if (status >= 400) {
    return 'warn';
  }
  return outcome.startsWith('deny') ? 'warn' : 'good';
};

const requestCell = (entry) => {
  const td = cell('', 'request');
  const link = button(`${entry.method} ${entry.path}`, () => showExchange(entry));
  link.className = 'link';
  td.append(link);
  return td;
};

const row = (entry) => {
  const tr = create('tr');
  const faults = entry.faults.length > 0 ? ` [${entry.faults.join(', ')}]` : '';
  tr.append(
    cell(new Date(entry.time).toLocaleTimeString([], { hour12: false }), 'number'),
    requestCell(entry),
    cell(entry.username ?? '–'),
    cell(entry.signature ?? '–', 'wide'),
    cell(entry.status || '–', `status ${toneOf(entry)}`),
    cell(`${entry.outcome}${faults}`),
    cell(Math.round(entry.duration_ms), 'wide number'),
  );
  return tr;
};

const render = () => {
  const found = entries.filter(matches);
  rows.replaceChildren(...found.slice(-shownRows).reverse().map(row));
  count.textContent =
    found.length === entries.length ? `${entries.length}` : `${found.length} of ${entries.length}`;
  empty.hidden = found.length > 0;
  empty.textContent = entries.length === 0 ? 'No request yet.' : 'No request fits the filter.';
};

/** Shows these requests and no others. */
export const showLog = (all) => {
  entries = all;
  render();
};

/** Shows further requests, and the end of those that were in progress. */
export const appendLog = (more) => {
  const byId = new Map([...entries, ...more].map((entry) => [entry.id, entry]));
  entries = [...byId.values()].slice(-1000);
  render();
};

/** Puts the cursor into the filter. */
export const focusFilter = () => filter.focus();

filter.addEventListener('input', render);
