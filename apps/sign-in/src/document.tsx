import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { type PageModel, signInAssetsPath } from '@latchkey/server/contract';
import { PageContext } from './page-context.ts';
import { pageTitle } from './page-title.ts';
import { ConsentPage } from './pages/consent.tsx';
import { LinkAccountPage } from './pages/link-account.tsx';
import { ErrorPage, NoticePage } from './pages/notices.tsx';
import { ProfilePage } from './pages/profile.tsx';
import { RegisterPage } from './pages/register.tsx';
import { SetPasswordPage } from './pages/set-password.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { SignedOutPage, SignOutPage } from './pages/sign-out.tsx';
import styles from './styles.css?inline';
import { customCss, themeColours, themeCss } from './theme.ts';
import { imageUrl } from './urls.ts';

function Page({ page }: { page: PageModel }) {
  switch (page.page) {
    case 'sign-in':
      return <SignInPage page={page} />;
    case 'register':
      return <RegisterPage page={page} />;
    case 'profile':
      return <ProfilePage page={page} />;
    case 'link-account':
      return <LinkAccountPage page={page} />;
    case 'set-password':
      return <SetPasswordPage page={page} />;
    case 'consent':
      return <ConsentPage page={page} />;
    case 'sign-out':
      return <SignOutPage page={page} />;
    case 'signed-out':
      return <SignedOutPage page={page} />;
    case 'error':
      return <ErrorPage page={page} />;
    case 'session-lost':
    case 'suspended':
    case 'not-found':
      return <NoticePage page={page} />;
  }
}

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

interface DocumentProps {
  page: PageModel;
  /** What the words really are in, so that a screen reader pronounces them. */
  language: string;
  phrases: SignInPhrases;
}

/** The whole document: one request, for the style is inlined; the script only adds comfort and does not block. */
export function Document({ page, language, phrases }: DocumentProps) {
  const { frame } = page;
  const { branding, nonce } = frame;
  const favicon = imageUrl(branding.favicon);
  return (
    <html lang={language} dir={frame.dir}>
      <head>
        <meta charset="utf-8" />
        <title>{documentTitle(page, phrases)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        {themeColours(branding).map(({ colour, media }) => (
          <meta key={media} name="theme-color" content={colour} media={media} />
        ))}
        <link rel="icon" href={favicon ?? `${signInAssetsPath}${__ICON__}`} />
        <Style css={themeCss(branding) + styles} nonce={nonce} />
        {!frame.preview && <script type="module" nonce={nonce} src={`${signInAssetsPath}${__CLIENT_SCRIPT__}`} />}
        {branding.customCss && <Style id="custom-css" css={customCss(branding.customCss)} nonce={nonce} />}
      </head>
      <body class={`lk-body lk-page-${page.page}`}>
        <PageContext.Provider value={{ frame, phrases }}>
          <Page page={page} />
        </PageContext.Provider>
      </body>
    </html>
  );
}
