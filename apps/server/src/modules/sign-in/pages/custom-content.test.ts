// Threat class "XSS by branding", for text of the tenant's own; the browser's side of it is in e2e/own-text.spec.ts.
import { expect, test } from 'vitest';
import { customContent } from './custom-content.ts';

test.each([
  [
    '<h1>Welcome</h1><p class="big lk-card">to <b>us</b> &amp; you',
    '<h2>Welcome</h2><p class="big">to <b>us</b> &amp; you</p>',
  ],
  ['<ol start="3"><li>a<li>b</ol>', '<ol start="3"><li>a</li><li>b</li></ol>'],
  ['1 < 2 && 3 > 2', '1 &lt; 2 &amp;&amp; 3 &gt; 2'],
  [
    '<a HREF=\'https://a.example/?b=1&amp;c="\' class="lk-button" onclick=x()>go</a>',
    '<a href="https://a.example/?b=1&amp;c=&quot;" target="_blank" rel="noopener noreferrer">go</a>',
  ],
  [
    '<a href="mailto:a@b.example">mail</a>',
    '<a href="mailto:a@b.example" target="_blank" rel="noopener noreferrer">mail</a>',
  ],
  ['<a href="//evil.example">x</a>', '<a target="_blank" rel="noopener noreferrer">x</a>'],
  [
    '<img src="https://a.example/b.png" width="40" style="x">',
    '<img alt="" src="https://a.example/b.png" width="40" />',
  ],
  ['<img alt="none">nothing<!-- note -->', 'nothing'],
  ['<form action="/x"><input name="password"><button>Send</button></form>', 'Send'],
  ['<p lang="ja" dir="ltr" title="&lt;">ようこそ 👋', '<p lang="ja" dir="ltr" title="&lt;">ようこそ 👋</p>'],
  ['</div></aside></main><p>still inside', '<p>still inside</p>'],
])('%s', async (written, shown) => {
  expect(await customContent(written)).toBe(shown);
});

test('a text as long as may be is taken in a moment, however it is broken', async () => {
  for (const piece of ['<a ', '<a "', `<a '"`, '<', '<!--', '<p', '</', '<svg>', '&', '<p>'])
    await customContent(piece.repeat(16_384 / piece.length));
}, 20_000);
