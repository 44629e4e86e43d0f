import type { CodeLanguage, CodeTab, GuideBlock, GuideContext, GuideSection } from './guide.types.ts';

/** Cuts a snippet out of its template literal: without the line break after the opening and the one before the closing. */
function snippet(code: string): string {
  return code.replace(/^\n/, '').trimEnd();
}

export function text(value: string): GuideBlock {
  return { type: 'text', text: value };
}

export function info(value: string): GuideBlock {
  return { type: 'note', tone: 'info', text: value };
}

export function warning(value: string): GuideBlock {
  return { type: 'note', tone: 'warning', text: value };
}

/** One file to write, or the next part of one begun earlier in the guide. */
export function file(title: string, language: CodeLanguage, code: string): GuideBlock {
  return { type: 'code', tabs: [tab(title, language, code)] };
}

export function tab(title: string, language: CodeLanguage, code: string): CodeTab {
  return { title, language, code: snippet(code) };
}

/** Commands to type; `title` names the shell or the tool. */
export function commands(code: string, title = 'Terminal'): GuideBlock {
  return { type: 'code', tabs: [tab(title, 'bash', code)] };
}

/** The same installation for the three package managers of Node.js. */
export function nodeInstall(packages: string): GuideBlock {
  return {
    type: 'code',
    tabs: [
      tab('npm', 'bash', `npm install ${packages}`),
      tab('pnpm', 'bash', `pnpm add ${packages}`),
      tab('yarn', 'bash', `yarn add ${packages}`),
    ],
  };
}

/** The parts of a redirect URI that code needs: where the app listens, and under which path it is called back. */
export function addressOf(uri: string): { origin: string; hostname: string; path: string; port: string } {
  const { origin, hostname, pathname, port, protocol } = new URL(uri);
  return { origin, hostname, path: pathname, port: port || (protocol === 'https:' ? '443' : '80') };
}

/** The two address fields; until addresses are saved, the context holds the guide's own suggestions. */
export function redirectUrisSection(context: GuideContext, notes: GuideBlock[] = []): GuideSection {
  const { t, redirectUri, postSignOutRedirectUri } = context;
  return {
    id: 'redirect-uris',
    title: t.titles.redirectUris,
    blocks: [
      text(t.shared.redirectUri),
      { type: 'redirect-uris', suggestion: redirectUri },
      ...notes,
      text(t.shared.postSignOutUri),
      { type: 'post-sign-out-redirect-uris', suggestion: postSignOutRedirectUri },
    ],
  };
}

/** How to see that it works: start the app, then register, sign out and sign in. */
export function checkpointSection({ t }: GuideContext, url: string, start: GuideBlock[]): GuideSection {
  const { open, signUp, signOut, signIn, trouble } = t.checkpoint;
  return {
    id: 'checkpoint',
    title: t.titles.checkpoint,
    blocks: [...start, { type: 'steps', items: [open({ url }), signUp, signOut, signIn] }, info(trouble)],
  };
}

export function nextSection({ t, appId }: GuideContext, documentation: { name: string; href: string }): GuideSection {
  return {
    id: 'next',
    title: t.titles.next,
    blocks: [
      text(t.shared.https),
      {
        type: 'links',
        items: [
          { label: t.links.connectors, href: '/console/connectors' },
          { label: t.links.signInExperience, href: '/console/sign-in-experience' },
          { label: t.links.applications, href: `/console/applications/${appId}` },
          { label: t.links.sdk({ name: documentation.name }), href: documentation.href },
        ],
      },
    ],
  };
}
