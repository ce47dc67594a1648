import { callControl } from './api.js';

const dialog = document.querySelector('#exchange');
const content = document.querySelector('#exchange-content');

const element = (name, text = '', className = '') => {
  const created = document.createElement(name);
  created.textContent = text;
  created.className = className;
  return created;
};

const block = (text) => {
  const pre = element('pre', text);
  pre.tabIndex = 0;
  return pre;
};

const verdicts = {
  matched: 'The signature matches.',
  'mistake found': 'The signature does not match, and this explains it:',
  unknown: 'The signature does not match.',
  unreadable: 'The signature cannot be read.',
};

/** A text with a mark on the first character that differs; the end of a text is marked as such. */
const marked = (text, at) => {
  const code = element('code');
  if (at === undefined) {
    code.textContent = text === '' ? '(empty)' : text;
    return code;
  }
  code.append(text.slice(0, at), element('mark', text[at] ?? '(end)'), text.slice(at + 1));
  return code;
};

const signatureTable = ({ scheme, lines }) => {
  const table = element('table', '', 'signature');
  table.append(element('caption', `Canonical string, ${scheme}`));
  const head = table.createTHead().insertRow();
  for (const title of ['Line', 'Expected', 'Signed by the client']) {
    const cell = element('th', title);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const { name, expected, received, first_difference: at } of lines) {
    const row = body.insertRow();
    row.className = at === undefined ? '' : 'differs';
    const title = element('th', name);
    title.scope = 'row';
    row.append(title);
    row.insertCell().append(marked(expected, at));
    row.insertCell().append(received === undefined ? 'unknown' : marked(received, at));
  }
  return table;
};

const explanation = (signature) => {
  const list = element('ul', '', 'mistakes');
  list.append(...signature.mistakes.map((mistake) => element('li', mistake)));
  const tried = signature.tried > 1 ? ` (${signature.tried} canonical strings compared)` : '';
  return [
    element('h3', 'Signature'),
    element('p', `${verdicts[signature.verdict]}${tried}`),
    list,
    ...(signature.lines.length > 0 ? [signatureTable(signature)] : []),
  ];
};

const headerText = (headers) => headers.map(({ name, value }) => `${name}: ${value}`).join('\n');

const message = (title, firstLine, { headers, body }) => [
  element('h3', title),
  block([firstLine, headerText(headers), '', body].join('\n')),
];

/** Shows a request and its response in full, with the signature explained. */
export const showExchange = async (id) => {
  const { entry, request, response, signature } = await callControl('GET', `/log/${id}`);
  document.querySelector('#exchange-heading').textContent = `${entry.method} ${entry.path}`;
  content.replaceChildren(
    ...(signature ? explanation(signature) : []),
    ...(request
      ? message('Request', `${entry.method} ${request.target} HTTP/1.1`, request)
      : [element('p', 'This exchange is no longer kept.')]),
    ...(response ? message('Response', `HTTP/1.1 ${response.status}`, response) : []),
  );
  dialog.showModal();
};
