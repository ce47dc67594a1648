const storageKey = 'duo-simulator-token';
const usersKey = 'duo-simulator-users';

/** The token comes in the fragment, which no server and no log ever sees; it stays in this tab. */
export const takeToken = () => {
  const inAddress = new URLSearchParams(location.hash.slice(1));
  if (inAddress.has('user')) {
    keepUsers(inAddress.getAll('user'));
  }
  if (inAddress.has('token')) {
    sessionStorage.setItem(storageKey, inAddress.get('token'));
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(storageKey);
};

/** Remembers the users who were picked, one a phone, by hand or by a link. */
export const keepUsers = (usernames) => {
  sessionStorage.setItem(usersKey, JSON.stringify(usernames));
};

/** The users who were picked in this tab; empty when none was. */
export const keptUsers = () => JSON.parse(sessionStorage.getItem(usersKey) ?? '[]');

/** Remembers a token that was typed in. */
export const keepToken = (token) => {
  sessionStorage.setItem(storageKey, token);
};

const authorization = () => ({ authorization: `Bearer ${sessionStorage.getItem(storageKey)}` });

/** A control request that was refused. */
class ControlError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** Calls the control API and gives its JSON. */
export const callControl = async (method, path, body) => {
  const response = await fetch(`/control${path}`, {
    method,
    headers: {
      ...authorization(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new ControlError(response.status, [answer.error, ...(answer.problems ?? [])].join(': '));
  }
  return answer;
};

const dispatch = (block, handlers) => {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  if (fields.event) {
    handlers[fields.event]?.(JSON.parse(fields.data));
  }
};

/** Reads server-sent events until the stream ends. EventSource could not send the token. */
export const readEvents = async (handlers) => {
  const response = await fetch('/control/events', { headers: authorization() });
  if (!response.ok) {
    throw new ControlError(response.status, 'No events');
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      dispatch(block, handlers);
    }
  }
};
