const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an attribute too. */
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Duo simulator</title>
<link rel="stylesheet" href="/phone/base.css">
</head>
<body class="sheet">
<main>
<p class="badge">Simulator – not the Duo service</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;

/** Asks for the phone to be enrolled. `action` is the address that the form goes to. */
export const enrollmentForm = (username: string, action: string): string => {
  return page(
    'Add a phone',
    `<p>The phone becomes a device of <strong>${escapeHtml(username)}</strong>.</p>
<form method="post" action="${escapeHtml(action)}">
<label>Name <input name="name" maxlength="64" autocomplete="off" placeholder="My phone"></label>
<label>Number <input name="number" maxlength="32" autocomplete="off" inputmode="tel" placeholder="+1 734 555 0100"></label>
<button class="approve" type="submit">Add this phone</button>
</form>`,
  );
};

/** Says that the phone was added. */
export const enrollmentDone = (username: string): string =>
  page(
    'Phone added',
    `<p><strong>${escapeHtml(username)}</strong> can authenticate with it now.</p>`,
  );

/** Says that a package is absent, which only this needs. */
export const packageMissing = (message: string): string =>
  page('Not available', `<p>${escapeHtml(message)}</p>`);

/** Says that a code or link does not work. */
export const enrollmentRefused = (): string =>
  page('This link is not good', '<p>It was used before, or its time has passed.</p>');
