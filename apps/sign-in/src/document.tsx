import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { type PageFrame, type PageModel, signInAssetsPath } from '@latchkey/server/contract';
import type { ComponentChildren } from 'preact';
import { Page } from './page.tsx';
import { PageContext } from './page-context.ts';
import { pageTitle } from './page-title.ts';
import styles from './styles.css?inline';
import { customCss, themeColours, themeCss } from './theme.ts';
import { imageUrl } from './urls.ts';

function documentTitle(page: PageModel, phrases: SignInPhrases): string {
  const title = pageTitle(page, phrases);
  const refused = 'errors' in page && page.errors.length > 0;
  const said = refused ? fillPhrase(phrases.page.errorTitle, { title }) : title;
  const name = page.frame.branding.displayName;
  return name && !said.includes(name) ? `${said} · ${name}` : said;
}

function Style({ css, nonce, id }: { css: string; nonce: string; id?: string }) {
  // The content of a style element must not be escaped; `themeCss` and `customCss` keep it from ending early.
  return <style id={id} nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} />;
}

function Favicon({ branding }: { branding: PageModel['frame']['branding'] }) {
  const light = imageUrl(branding.favicon) ?? `${signInAssetsPath}${__ICON__}`;
  const dark = imageUrl(branding.darkFavicon);
  return (
    <>
      <link rel="icon" href={light} />
      {dark && <link rel="icon" href={dark} media="(prefers-color-scheme: dark)" />}
    </>
  );
}

interface ShellProps {
  frame: PageFrame;
  title: string;
  /** The page's name, for custom CSS. */
  name: string;
  /** Style beside that of all pages. */
  css?: string;
  /** What the script tells the browser of passkeys. */
  passkeys?: { 'data-unknown-passkey'?: string | undefined; 'data-passkey-signals'?: string | undefined };
  children: ComponentChildren;
}

/** The whole document: one request, for the style is inlined; the script only adds comfort and does not block. */
export function Shell({ frame, title, name, css = '', passkeys, children }: ShellProps) {
  const { branding, nonce } = frame;
  return (
    <html lang={frame.language} dir={frame.dir}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        {themeColours(branding).map(({ colour, media }) => (
          <meta key={media} name="theme-color" content={colour} media={media} />
        ))}
        <Favicon branding={branding} />
        <Style css={themeCss(branding) + styles + css} nonce={nonce} />
        {!frame.preview && <script type="module" nonce={nonce} src={`${signInAssetsPath}${__CLIENT_SCRIPT__}`} />}
        {branding.customCss && <Style id="custom-css" css={customCss(branding.customCss)} nonce={nonce} />}
      </head>
      <body class={`lk-body lk-page-${name}`} {...passkeys}>
        {children}
      </body>
    </html>
  );
}

/** The passkey that was just refused because it was deleted here, as the browser takes it. */
function unknownPasskey(page: PageModel): string | undefined {
  const errors = 'errors' in page ? page.errors : [];
  const { rpId, credentialId } = errors.find(({ code }) => code === 'session.passkey_sign_in.not_found')?.data ?? {};
  return rpId && credentialId ? JSON.stringify({ rpId, credentialId }) : undefined;
}

/** A page of a sign-in. */
export function Document({ page, phrases }: { page: PageModel; phrases: SignInPhrases }) {
  const { frame } = page;
  return (
    <Shell
      frame={frame}
      title={documentTitle(page, phrases)}
      name={page.page}
      passkeys={{ 'data-unknown-passkey': unknownPasskey(page) }}
    >
      <PageContext.Provider value={{ frame, phrases }}>
        <Page page={page} />
      </PageContext.Provider>
    </Shell>
  );
}
