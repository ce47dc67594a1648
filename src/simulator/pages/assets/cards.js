import { callControl } from './api.js';
import { create } from './elements.js';

const template = document.querySelector('#push-card');

const endings = {
  allow: 'Approved',
  bypass: 'Approved',
  deny: 'Denied',
  fraud: 'Reported as fraud',
  timeout: 'Timed out',
  locked_out: 'Locked out',
  sent: 'Sent',
};

const isPending = (transaction) => transaction.result === 'waiting';
const isCall = (transaction) => transaction.factor === 'phone';

const rowsOf = (transaction) => {
  const user = [['User', transaction.display_username]];
  if (isCall(transaction)) {
    return user;
  }
  return [
    ...user,
    ['Location', transaction.ip_address],
    ['Computer', transaction.hostname],
    ...transaction.push_info.map(({ name, value }) => [name, value]),
  ].filter(([, value]) => value);
};

const fillList = (list, transaction) => {
  list.replaceChildren(
    ...rowsOf(transaction).flatMap(([name, value]) => [create('dt', name), create('dd', value)]),
  );
};

const labels = {
  calling: { pick_up: 'Answer', deny: 'Decline' },
  answered: { approve: 'Press #', deny: 'Hang up', fraud: 'Press * (fraud)' },
};

const labelButtons = (card, transaction) => {
  const [approve, deny, fraud] = card.querySelectorAll('[data-answer]');
  const names = labels[transaction.status];
  if (!names) {
    return;
  }
  approve.dataset.answer = names.pick_up ? 'pick_up' : 'approve';
  approve.textContent = names.pick_up ?? names.approve;
  deny.textContent = names.deny;
  fraud.hidden = names.fraud === undefined;
  fraud.textContent = names.fraud ?? '';
};

const answer = async (card, transaction, what) => {
  const code = card.querySelector('.code input');
  const error = card.querySelector('.code-error');
  const needsCode = what === 'approve' && transaction.needs_code;
  if (needsCode && code.value === '') {
    error.textContent = 'Type the code first.';
    code.focus();
    return;
  }
  const body = needsCode ? { answer: what, code: code.value } : { answer: what };
  const path = `/transactions/${encodeURIComponent(transaction.txid)}/answer`;
  const { outcome } = await callControl('POST', path, body);
  if (outcome === 'wrong_code') {
    error.textContent = 'That code is not right.';
    code.value = '';
    code.focus();
  }
};

const headingOf = (transaction) => (isCall(transaction) ? 'Incoming call' : transaction.title);

const createCard = (transaction) => {
  const card = template.content.firstElementChild.cloneNode(true);
  const heading = headingOf(transaction);
  card.dataset.txid = transaction.txid;
  card.querySelector('[data-field=application]').textContent = transaction.application;
  card.querySelector('h3').textContent = heading;
  card.setAttribute('aria-label', `${heading}: ${transaction.application}`);
  fillList(card.querySelector('dl'), transaction);
  const form = card.querySelector('.code');
  form.hidden = !transaction.needs_code;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer(card, transaction, 'approve');
  });
  for (const button of card.querySelectorAll('[data-answer]')) {
    button.addEventListener('click', () => answer(card, transaction, button.dataset.answer));
  }
  return card;
};

const endCard = (card, transaction) => {
  const ended = card.querySelector('.ended');
  const text = endings[transaction.status] ?? transaction.status;
  card.dataset.ended = transaction.status;
  ended.textContent = text;
  ended.hidden = false;
  for (const part of card.querySelectorAll('.actions, .code, .countdown')) {
    part.hidden = true;
  }
  return text;
};

const showCountdown = ({ card, transaction }, nowMs) => {
  if (!isPending(transaction)) {
    return;
  }
  const lifeMs = transaction.expires_at_ms - transaction.created_at_ms;
  const leftMs = Math.max(0, transaction.expires_at_ms - nowMs);
  card.querySelector('.countdown-bar').style.setProperty('--left', String(leftMs / lifeMs));
  card.querySelector('.countdown-text').textContent = `${Math.ceil(leftMs / 1000)} s`;
};

/**
 * The pushes and calls on a phone's screen. `part` finds a part of the screen by its name. Cards that
 * stay keep what is typed into them.
 */
export const createCards = (part) => {
  const shown = new Map();
  let clockOffsetMs = 0;
  const announce = (text) => {
    part('announcement').textContent = text;
  };

  const add = (transaction) => {
    const entry = { card: createCard(transaction), transaction: undefined };
    shown.set(transaction.txid, entry);
    part('cards').prepend(entry.card);
    announce(`${headingOf(transaction)} from ${transaction.application}`);
    return entry;
  };
  const update = (entry, transaction) => {
    const hasChanged = entry.transaction?.status !== transaction.status;
    entry.transaction = transaction;
    if (!hasChanged) {
      return;
    }
    entry.card.dataset.status = transaction.status;
    labelButtons(entry.card, transaction);
    if (!isPending(transaction)) {
      announce(endCard(entry.card, transaction));
    }
  };
  const showCountdowns = () => {
    for (const entry of shown.values()) {
      showCountdown(entry, Date.now() + clockOffsetMs);
    }
  };

  return {
    showCountdowns,
    show(transactions, nowMs) {
      clockOffsetMs = nowMs - Date.now();
      const ids = new Set(transactions.map(({ txid }) => txid));
      for (const [txid, { card }] of shown) {
        if (ids.has(txid)) {
          continue;
        }
        card.remove();
        shown.delete(txid);
      }
      for (const transaction of transactions.toReversed()) {
        update(shown.get(transaction.txid) ?? add(transaction), transaction);
      }
      part('idle').hidden = shown.size > 0;
      showCountdowns();
    },
    /** Presses a button of the latest card that still waits; false when there is none. */
    press(what) {
      const card = [...part('cards').children].find(({ dataset }) => dataset.ended === undefined);
      card?.querySelector(`[data-answer=${what}]:not([hidden])`)?.click();
      return card !== undefined;
    },
  };
};
