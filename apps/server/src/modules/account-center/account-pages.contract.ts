import type { CustomProfileField } from '../custom-profile-fields/custom-profile-fields.contract.ts';
import type { FormError, PageFrame } from '../sign-in/page-frame.contract.ts';
import type { AccountSection } from './account-center.paths.ts';

export { type AccountSection, accountPaths, accountSections } from './account-center.paths.ts';

/**
 * What the server hands to the account center's pages: one model a page, plain data, no markup.
 * The pages say it in the user's language; nothing in here is translated already, except names that people gave.
 */

/** A value of the account, and whether its owner may change it. */
export interface OwnValue {
  value: string | null;
  editable: boolean;
}

/** Absent where the tenant does not show it. */
interface ProfilePage {
  page: 'account-profile';
  name?: OwnValue;
  username?: OwnValue;
  avatar?: OwnValue;
  /** Answers to the tenant's questions: a value a line, as it is read. */
  answers: { label: string; name: string; lines: string[]; isYes?: boolean }[];
  /** Whether any of them may be changed. */
  canAnswer: boolean;
}

/** POST to `path` with the field of the same name as `what`. */
interface TextTask {
  page: 'account-text';
  what: 'name' | 'username';
  path: string;
  value: string;
  required: boolean;
}

/** POST /account/profile/edit: `profile.<name>` and `profile.<name>.<part>`. */
interface AnswersTask {
  page: 'account-answers';
  fields: CustomProfileField[];
  values: Record<string, string>;
}

/** POST /account/verified-action with `password`; …/send with `channel`; …/code with `code`. */
interface VerifyTask {
  page: 'account-verify';
  /** Where the proof was asked for: a path of ours. */
  next: string;
  methods: ('password' | 'email' | 'phone')[];
  /** For password managers: which account it is. */
  username: string;
  /** A code is under way. */
  sent?: { channel: 'email' | 'phone'; recipient: string; resendAfter: number };
}

type TaskPage = TextTask | AnswersTask | VerifyTask;

/** The pages of the account itself, with what each is about. */
export type AccountBody = ProfilePage | TaskPage;

/** Something that was done a moment ago, and is worth saying. */
export const accountNotices = ['name', 'username', 'avatar', 'avatar-removed', 'profile'] as const;
export type AccountNotice = (typeof accountNotices)[number];

export interface AccountFrame {
  frame: PageFrame;
  errors: FormError[];
}

interface Chrome extends AccountFrame {
  /** Who is signed in. */
  owner: { name: string; avatar: string | null };
  sections: AccountSection[];
  current: AccountSection;
  notice?: AccountNotice | undefined;
  /** The application that sent the user here for this task. */
  back?: { href: string } | undefined;
}

/** Pages of nobody in particular. */
type Outside =
  | { page: 'account-off' }
  | { page: 'account-problem'; code: string; requestId: string; status: number }
  | { page: 'account-done'; href: string }
  | { page: 'account-signed-out' };

export type AccountOutside = Outside;
export type AccountPage = (AccountBody & Chrome) | (Outside & AccountFrame);
export type AccountPageName = AccountPage['page'];
export type AccountPageOf<Name extends AccountPageName> = Extract<AccountPage, { page: Name }>;

/** What `apps/sign-in/dist/server/render.js` exports for the account center. */
export interface AccountPages {
  renderAccount(page: AccountPage, phrases: { signIn: object; account: object }): string;
}
