import { callControl } from './api.js';
import { create } from './elements.js';

const dialog = document.querySelector('#exchange');
const content = document.querySelector('#exchange-content');

const block = (text) => {
  const pre = create('pre', text);
  pre.tabIndex = 0;
  return pre;
};

const verdicts = {
  matched: 'The signature matches',
  'mistake found': 'The signature does not match, and this explains it',
  unknown: 'The signature does not match',
  unreadable: 'The signature cannot be read',
};

/** A text with a mark on the first character that differs; the end of a text is marked as such. */
const marked = (text, at) => {
  const code = create('code');
  if (at === undefined) {
    code.textContent = text === '' ? '(empty)' : text;
    return code;
  }
  code.append(text.slice(0, at), create('mark', text[at] ?? '(end)'), text.slice(at + 1));
  return code;
};

const signatureTable = ({ scheme, lines }) => {
  const table = create('table', '', 'signature');
  table.append(create('caption', `Canonical string, ${scheme}`));
  const head = table.createTHead().insertRow();
  for (const title of ['Line', 'Expected', 'Signed by the client']) {
    const cell = create('th', title);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const { name, expected, received, first_difference: at } of lines) {
    const row = body.insertRow();
    row.className = at === undefined ? '' : 'differs';
    const title = create('th', name);
    title.scope = 'row';
    row.append(title);
    row.insertCell().append(marked(expected, at));
    row.insertCell().append(received === undefined ? 'unknown' : marked(received, at));
  }
  return table;
};

const explanation = (signature) => {
  const list = create('ul', '', 'mistakes');
  list.append(...signature.mistakes.map((mistake) => create('li', mistake)));
  const tried = signature.tried > 1 ? ` (${signature.tried} canonical strings compared)` : '';
  return [
    create('h3', 'Signature'),
    create(
      'p',
      `${verdicts[signature.verdict]}${tried}${signature.mistakes.length > 0 ? ':' : '.'}`,
    ),
    list,
    ...(signature.lines.length > 0 ? [signatureTable(signature)] : []),
  ];
};

const headerText = (headers) => headers.map(({ name, value }) => `${name}: ${value}`).join('\n');

const message = (title, firstLine, { headers, body }) => [
  create('h3', title),
  block([firstLine, headerText(headers), '', body].join('\n')),
];

/** Shows a request and its response in full, with the signature explained. */
export const showExchange = async (entry) => {
  const { request, response, signature } = await callControl('GET', `/log/${entry.id}`).catch(
    (error) => {
      // Gone since the row was drawn: the simulator was reset.
      if (error.status === 404) {
        return {};
      }
      throw error;
    },
  );
  document.querySelector('#exchange-heading').textContent = `${entry.method} ${entry.path}`;
  content.replaceChildren(
    ...(signature ? explanation(signature) : []),
    ...(request
      ? message('Request', `${entry.method} ${request.target} HTTP/1.1`, request)
      : [create('p', 'This exchange is no longer kept.')]),
    ...(response ? message('Response', `HTTP/1.1 ${response.status}`, response) : []),
  );
  dialog.showModal();
};
