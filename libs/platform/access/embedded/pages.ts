import { DEMONSTRATION_PERSONS } from '../demonstration-persons';

/** Where the style of the pages is, below the issuer. */
export const STYLE_PATH = '/style.css';

/** Pages hold no script and no style of their own. */
export const PAGE_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const STYLE = `:root { color-scheme: light dark; --line: #767676; --mark: #8a4b00; --ground: #fff7e6; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.6 'Noto Sans Thai', Sarabun, 'Noto Looped Thai', Thonburi, 'Leelawadee UI', sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; }
h1 span, .person span { display: block; }
h1 span + span { font-size: 1.1rem; font-weight: normal; }
.notice { border-left: .3rem solid var(--mark); background: var(--ground); color: #1a1a1a; padding: .75rem 1rem; }
.notice p { margin: 0; }
.persons { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
button { width: 100%; height: 100%; min-height: 3rem; padding: .75rem 1rem; font: inherit; text-align: left; cursor: pointer;
  border: 1px solid var(--line); border-radius: .4rem; background: Canvas; color: CanvasText; }
button:hover { border-color: var(--mark); box-shadow: inset 0 0 0 1px var(--mark); }
button:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.person span + span { font-size: .9rem; }
.person code { font-size: .8rem; overflow-wrap: anywhere; }
`;

/** The page on which somebody chooses whom to be. */
export function choicePage(action: string): string {
  const persons = DEMONSTRATION_PERSONS.map(
    ({ subject, title }) => `<li><button class="person" name="subject" value="${escaped(subject)}">
<span>${escaped(title.th)}</span><span lang="en">${escaped(title.en)}</span><code>${escaped(subject)}</code></button></li>`,
  );
  return page(
    { th: 'เลือกบุคคลเพื่อเข้าใช้ระบบสาธิต', en: 'Choose as whom to sign in to the demonstration' },
    `<div class="notice"><p>นี่คือระบบสาธิต ไม่มีการตรวจสอบตัวตนและไม่ใช้รหัสผ่าน บุคคลด้านล่างเป็นตำแหน่งสมมติ
ไม่ใช่บุคคลจริง ห้ามใช้กับข้อมูลจริง</p>
<p lang="en">This is a demonstration. Nobody’s identity is checked and there is no password; the persons below are functions,
not real people. Never use it with real data.</p></div>
<form method="post" action="${escaped(action)}"><ul class="persons">
${persons.join('\n')}
</ul></form>`,
  );
}

/** The page that asks whether somebody wants to sign out. @param form the issuer's own form, without its button */
export function signOutPage(form: string): string {
  return page(
    { th: 'ออกจากระบบสาธิต', en: 'Sign out of the demonstration' },
    form.replace(
      '</form>',
      '<button name="logout" value="yes">ออกจากระบบ · <span lang="en">Sign out</span></button></form>',
    ),
  );
}

export function signedOutPage(): string {
  return page({ th: 'ออกจากระบบแล้ว', en: 'You have signed out' }, '');
}

/** @param code what OAuth 2.0 calls it */
export function failurePage(code: string): string {
  return page(
    { th: 'เข้าใช้ระบบไม่สำเร็จ โปรดเริ่มใหม่', en: 'Signing in did not succeed; please begin anew' },
    `<p><code>${escaped(code)}</code></p>`,
  );
}

function page(title: { readonly th: string; readonly en: string }, content: string): string {
  return `<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title.th)} · Khamrap</title>
<link rel="stylesheet" href="/issuer${STYLE_PATH}">
</head>
<body><main>
<h1><span>${escaped(title.th)}</span><span lang="en">${escaped(title.en)}</span></h1>
${content}
</main></body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
