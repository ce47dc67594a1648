/** An element with a text. */
export const create = (name, text = '', className = '') => {
  const created = document.createElement(name);
  created.textContent = text;
  created.className = className;
  return created;
};

/** An option of a selection. */
export const option = (value, text) => {
  const item = create('option', text);
  item.value = value;
  return item;
};

/** A button that is no form's. `about` follows its text in its accessible name. */
export const button = (text, onClick, about) => {
  const item = create('button', text, 'quiet');
  item.type = 'button';
  if (about !== undefined) {
    item.setAttribute('aria-label', `${text} ${about}`);
  }
  item.addEventListener('click', onClick);
  return item;
};
