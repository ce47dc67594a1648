import { callControl } from './api.js';
import { button, create } from './elements.js';

const form = document.querySelector('#fault-form');
const list = document.querySelector('#fault-list');
const result = document.querySelector('#fault-result');
const save = document.querySelector('#save-fault');
const leave = document.querySelector('#leave-fault');

let faults = [];
/** Which one the form changes; `undefined` while it is for a new one. */
let edited;

const isNumber = ({ type }) => type === 'number';

/** Hides the fields of other kinds, and disables them, so that they are not sent. */
const showFields = () => {
  for (const label of form.querySelectorAll('[data-for]')) {
    const isUsed = label.dataset.for === form.elements.kind.value;
    label.hidden = !isUsed;
    label.querySelector('input').disabled = !isUsed;
  }
};

const read = () => {
  const values = [...new FormData(form)].filter(([, value]) => value !== '');
  return Object.fromEntries(
    values.map(([name, value]) => {
      const field = form.elements[name];
      return [name, isNumber(field) ? Number(value) : field.type === 'checkbox' || value];
    }),
  );
};

const showNew = () => {
  edited = undefined;
  form.reset();
  save.textContent = 'Add fault';
  leave.hidden = true;
  showFields();
};

const edit = (index) => {
  showNew();
  edited = index;
  const fault = faults[index];
  form.elements.kind.value = fault.kind;
  showFields();
  for (const field of form.elements) {
    if (field.type === 'checkbox') {
      field.checked = fault[field.name] === true;
    } else if (field.name && !field.disabled) {
      field.value = fault[field.name] ?? '';
    }
  }
  save.textContent = 'Save fault';
  leave.hidden = false;
  form.elements.kind.focus();
};

const put = async (next, done) => {
  try {
    faults = await callControl('PUT', '/faults', { faults: next });
    showNew();
    result.textContent = done;
  } catch (error) {
    result.textContent = error.message;
  }
  render();
};

const remove = async (index) => {
  const rest = faults.filter((_one, at) => at !== index);
  await put(rest, `${faults[index].kind} was removed.`);
  document.querySelector('#faults-panel summary').focus();
};

const describe = ({ kind, ...more }) =>
  [kind, ...Object.entries(more).map(([name, value]) => `${name}: ${value}`)].join(', ');

const render = () => {
  list.replaceChildren(
    ...faults.map((fault, index) => {
      const item = create('li');
      const text = describe(fault);
      item.append(
        create('span', text),
        button('Change', () => edit(index), text),
        button('Remove', () => remove(index), text),
      );
      return item;
    }),
  );
};

form.elements.kind.addEventListener('change', showFields);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const fault = read();
  if (edited === undefined) {
    void put([...faults, fault], `${fault.kind} was added.`);
  } else {
    void put(faults.with(edited, fault), `${fault.kind} was changed.`);
  }
});

leave.addEventListener('click', () => {
  showNew();
  form.elements.kind.focus();
});

/** Shows the faults in force. A form for one that was changed elsewhere is emptied. */
export const loadFaults = async () => {
  const before = JSON.stringify(faults[edited]);
  const shown = JSON.stringify(faults);
  faults = await callControl('GET', '/faults');
  if (edited !== undefined && JSON.stringify(faults[edited]) !== before) {
    showNew();
  }
  if (JSON.stringify(faults) !== shown) {
    render();
  }
};

showFields();
