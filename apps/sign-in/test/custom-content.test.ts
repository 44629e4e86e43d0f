// Threat class "XSS by branding", for text of the tenant's own: what Chromium makes of it.
import { existsSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customContent } from '../src/custom-content.ts';
import { chromiumPath, launch } from './chromium.fixture.ts';

it.each([
  [
    '<h1>Welcome</h1><p class="big lk-card">to <b>us</b> &amp; you',
    '<h2>Welcome</h2><p class="big">to <b>us</b> &amp; you</p>',
  ],
  ['<ol start="3"><li>a<li>b</ol>', '<ol start="3"><li>a<li>b</li></li></ol>'],
  ['1 < 2 && 3 > 2', '1 &lt; 2 &amp;&amp; 3 > 2'],
  [
    "<a HREF='https://a.example/?b=1&amp;c=\"' onclick=x()>go</a>",
    '<a href="https://a.example/?b=1&amp;c=&quot;" target="_blank" rel="noopener noreferrer">go</a>',
  ],
  [
    '<a href="mailto:a@b.example">mail</a>',
    '<a href="mailto:a@b.example" target="_blank" rel="noopener noreferrer">mail</a>',
  ],
  ['<img src="https://a.example/b.png" width="40" style="x">', '<img src="https://a.example/b.png" width="40" alt="">'],
  ['<img alt="none">nothing<!-- note -->', 'nothing'],
  ['<form action="/x"><input name="password"><button>Send</button></form>', 'Send'],
  ['<p lang="ja" dir="ltr" title="&lt;">ようこそ 👋', '<p lang="ja" dir="ltr" title="&amp;lt;">ようこそ 👋</p>'],
  ['</div></aside></main><p>still inside', '<p>still inside</p>'],
])('%s', (written, shown) => {
  expect(customContent(written)).toBe(shown);
});

it('takes a text as long as may be in a moment, however it is broken', () => {
  for (const piece of ['<a ', '<a "', `<a '"`, '<', '<!--', '<p', '</', '<svg>', '&', '<p>'])
    customContent(piece.repeat(16_384 / piece.length));
}, 5_000);

const hostile = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://a.example/x.png" onerror="alert(1)">',
  '<img src="x" alt="`><script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#115;cript:alert(1)">x</a>',
  '<a href="java&Tab;script:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<svg onload=alert(1)><p>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<p style="background:url(https://evil.example/x)" onmouseover="alert(1)">x',
  '<p title="x" onclick=alert(1) title=\'"><img src=x onerror=alert(1)>\'>x',
  "<p title='\"><script>alert(1)</script>'>x",
  '<details open ontoggle=alert(1)>x</details>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<p/onclick=alert(1)/title="/>x',
  '<form id="main" action="https://evil.example/"><input autofocus onfocus=alert(1)>',
  '<style>*{display:none}</style><p class="lk-form">x',
];

describe.skipIf(!existsSync(chromiumPath))('in a browser that would run it', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
  }, 60_000);
  afterAll(() => browser?.close());

  it('nothing runs, loads, sends or looks like a part of the page', async () => {
    const calls: string[] = [];
    page.on('dialog', (dialog) => {
      calls.push(dialog.message());
      return dialog.dismiss();
    });
    await page.route('**', (route) => {
      calls.push(route.request().url());
      return route.fulfill({ status: 404 });
    });
    const found = await page.evaluate(
      (texts) =>
        texts.flatMap((html) => {
          const place = document.body.appendChild(document.createElement('div'));
          place.innerHTML = html;
          for (const element of place.querySelectorAll<HTMLElement>('*')) element.click();
          return [...place.querySelectorAll('*')].flatMap(({ localName, attributes }) => [
            localName,
            ...[...attributes].map(({ name, value }) => `${localName}.${name}=${value}`),
          ]);
        }),
      hostile.map(customContent),
    );
    const pictures = calls.filter((url) => url !== 'https://a.example/x.png');
    expect(pictures).toEqual([]);
    const strange =
      /^(?:script|style|svg|math|iframe|base|link|meta|form|input|textarea|noscript|.*\.(?:on|style|id|name|srcdoc)|a\.href=(?!https?:)|.*lk-)/;
    expect(found.filter((each) => strange.test(each))).toEqual([]);
    expect(new Set(found)).toContain('details');
  });
});
