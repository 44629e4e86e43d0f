import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPage, type AccountSection, accountPaths, csrfField } from '@latchkey/server/contract';
import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { Brand } from '../parts/brand.tsx';
import { Notice } from '../parts/form.tsx';
import { Footer, Layout } from '../parts/layout.tsx';
import { flowPath, imageUrl, linkUrl } from '../urls.ts';
import { SectionIcon } from './icons.tsx';
import { useWords } from './words.ts';

export type OwnPage = Extract<AccountPage, { sections: unknown }>;

/** A picture of somebody, or the first letter of the name. */
export function Avatar({ name, url, large = false }: { name: string; url: string | null; large?: boolean }) {
  const source = imageUrl(url ?? undefined);
  const size = large ? 80 : 36;
  const className = `lk-avatar${large ? ' lk-avatar-large' : ''}`;
  if (source) return <img class={className} src={source} alt="" width={size} height={size} decoding="async" />;
  const [first] = new Intl.Segmenter().segment(name.trim());
  return (
    <span class={className} aria-hidden="true">
      {first?.segment.toLocaleUpperCase()}
    </span>
  );
}

function Owner({ owner }: Pick<OwnPage, 'owner'>) {
  const { frame } = usePage();
  const { account } = useWords();
  return (
    <div class="lk-owner">
      <Avatar name={owner.name} url={owner.avatar} />
      <span class="lk-owner-name">{owner.name}</span>
      <form method="post" action={flowPath(frame, accountPaths.signOut)}>
        <input type="hidden" name={csrfField} value={frame.csrf} />
        <button class="lk-text-button" type="submit">
          {account.signOut}
        </button>
      </form>
    </div>
  );
}

function Navigation({ sections, current }: Pick<OwnPage, 'sections' | 'current'>) {
  const { frame } = usePage();
  const words = useWords();
  return (
    <nav class="lk-sections" aria-label={words.account.navigation}>
      <ul>
        {sections.map((section) => (
          <li key={section}>
            <a
              class="lk-section-link"
              href={flowPath(frame, accountPaths[section])}
              aria-current={section === current ? 'page' : undefined}
            >
              <SectionIcon section={section} />
              {words.sections[section]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The way back from a task: to the application that sent its user here, else to the page that the task is of. */
function Back({ page, to }: { page: OwnPage; to: AccountSection }) {
  const { frame } = usePage();
  const { account, sections } = useWords();
  const elsewhere = linkUrl(page.back?.href);
  const host = elsewhere && URL.canParse(elsewhere) ? new URL(elsewhere).host : undefined;
  return (
    <a class="lk-back" href={elsewhere ?? flowPath(frame, accountPaths[to])}>
      {host
        ? fillPhrase(account.backToApplication, { application: host })
        : fillPhrase(account.backTo, { section: sections[to] })}
    </a>
  );
}

interface AccountLayoutProps {
  page: OwnPage;
  title: string;
  lead?: ComponentChildren;
  /** A task has a way back; a page of the navigation needs none. */
  isTask?: boolean;
  children: ComponentChildren;
}

/** A page of the account: who is signed in, where to go, and what the page is about. */
export function AccountLayout({ page, title, lead, isTask = false, children }: AccountLayoutProps) {
  const words = useWords();
  return (
    <div class="lk-page lk-account">
      <header class="lk-account-top">
        <Brand />
        <Owner owner={page.owner} />
      </header>
      <div class="lk-account-body">
        <Navigation sections={page.sections} current={page.current} />
        <main class={`lk-account-main${isTask ? ' lk-account-task' : ''}`}>
          {isTask && <Back page={page} to={page.current} />}
          <h1 class="lk-title">{title}</h1>
          {lead && <div class="lk-lead">{lead}</div>}
          {page.notice && <Notice text={words.notices[page.notice]} />}
          {children}
        </main>
      </div>
      <Footer policies />
    </div>
  );
}

/** A page about nobody's account, in the sign-in pages' card. */
export function OutsideLayout({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children?: ComponentChildren;
}) {
  return (
    <Layout title={title} lead={<p>{lead}</p>}>
      {children}
    </Layout>
  );
}
