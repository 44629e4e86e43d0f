import { RequestError } from '../../../kernel/errors.ts';
import { transaction } from '../../../kernel/scope.ts';
import {
  type AccountView,
  getMyAccount,
  updateMyAccount,
  updateMyProfile,
  uploadMyAvatar,
} from '../../account/account.contract.ts';
import type { AccountField } from '../../account/account-center.contract.ts';
import type { CustomProfileField } from '../../custom-profile-fields/custom-profile-fields.contract.ts';
import { readFieldValues } from '../../custom-profile-fields/index.ts';
import { profileValues } from '../../sign-in/index.ts';
import { type UserProfile, userProfile } from '../../users/users.contract.ts';
import type { PageDependencies } from '../account-center.dependencies.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountBody, AccountNotice, OwnValue } from '../account-pages.contract.ts';
import { checkForm } from '../csrf.ts';
import { type AccountRoutes, type Next, type RouteContext, required, text } from '../routes.ts';
import type { Visit } from '../visits.ts';

const CLAIMS = new Set(Object.keys(userProfile.shape));
const SAVED = (done: AccountNotice): Next => ({ to: accountPaths.profile, done });

/** Which of the account's fields governs the answer to a question. */
function fieldOf({ name, type }: CustomProfileField): AccountField {
  if (type === 'Address' || type === 'Fullname' || CLAIMS.has(name)) return 'profile';
  return name === 'name' || name === 'avatar' ? name : 'customData';
}

/** The tenant's questions whose answers may be seen, or changed. The name and the picture have places of their own. */
const questions = async (
  { profileFields }: Pick<PageDependencies, 'profileFields'>,
  { scope, settings, may }: Visit,
  access: 'read' | 'edit',
): Promise<CustomProfileField[]> =>
  (await profileFields.fields(scope.tenantId, settings.profileFields)).filter(
    (field) => !['name', 'avatar'].includes(field.name) && may(fieldOf(field), access),
  );

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Values by the names of the inputs: `<field>`, and `<field>.<part>`. */
function answersOf(fields: readonly CustomProfileField[], account: AccountView): Record<string, string> {
  const profile: UserProfile = account.profile ?? {};
  const claims = profile as Record<string, unknown>;
  const address = (profile.address ?? {}) as Record<string, unknown>;
  const lines = fields.flatMap((field): [string, unknown][] => {
    const parts = (field.config.parts ?? []).filter(({ enabled }) => enabled);
    if (field.type === 'Address') return parts.map(({ name }) => [`${field.name}.${name}`, address[name]]);
    if (field.type === 'Fullname') return parts.map(({ name }) => [`${field.name}.${name}`, claims[name]]);
    return [[field.name, CLAIMS.has(field.name) ? claims[field.name] : account.customData?.[field.name]]];
  });
  return Object.fromEntries(lines.map(([name, value]) => [name, textOf(value)]));
}

/** An answer as it is read: an option by its label, an address line by line. */
function linesOf(field: CustomProfileField, answers: Readonly<Record<string, string>>): string[] {
  const parts = (field.config.parts ?? []).filter(({ enabled }) => enabled);
  if (field.type === 'Address') return parts.map(({ name }) => answers[`${field.name}.${name}`] ?? '').filter(Boolean);
  if (field.type === 'Fullname') {
    const name = parts.map((part) => answers[`${field.name}.${part.name}`] ?? '').filter(Boolean);
    return name.length > 0 ? [name.join(' ')] : [];
  }
  const value = answers[field.name] ?? '';
  const option = field.config.options?.find((each) => each.value === value);
  return value === '' ? [] : [option?.label ?? value];
}

async function profilePage(deps: PageDependencies, visit: Visit): Promise<AccountBody> {
  const account = await visit.call(getMyAccount, {});
  const fields = await questions(deps, visit, 'read');
  const answers = answersOf(fields, account);
  const own = (field: 'name' | 'username' | 'avatar'): OwnValue | undefined =>
    visit.may(field, 'read') ? { value: account[field] ?? null, editable: visit.may(field, 'edit') } : undefined;
  return {
    page: 'account-profile',
    name: own('name'),
    username: own('username'),
    avatar: own('avatar'),
    answers: fields.map((field) => ({
      name: field.name,
      label: field.label,
      lines: linesOf(field, answers),
      ...(field.type === 'Checkbox' && { isYes: answers[field.name] === 'true' }),
    })),
    canAnswer: fields.some((field) => visit.may(fieldOf(field), 'edit')),
  };
}

/** Refuses what the form's own check of the input would call malformed, in words about the field. */
export async function orInvalid<Result>(
  code: 'user.invalid_username' | 'user.invalid_email' | 'user.invalid_phone',
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError && error.code === 'guard.invalid_input') throw fail(code, { cause: error });
    throw error;
  }
}

/** Saves the answers: claims into the profile, everything else into custom data; an answer that was taken out goes. */
async function saveAnswers(deps: PageDependencies, visit: Visit, given: Record<string, unknown>): Promise<void> {
  const fields = await questions(deps, visit, 'edit');
  const { values, issues } = readFieldValues(fields, given);
  if (issues.length > 0) throw fail('custom_profile_fields.invalid_value', { data: { issues } });
  const plain = fields.filter(({ type }) => type !== 'Address' && type !== 'Fullname');
  const cleared = plain.map(({ name }) => name).filter((name) => given[name] === '');
  const claims = {
    ...fill(
      cleared.filter((name) => CLAIMS.has(name)),
      '',
    ),
    ...values.profile,
  };
  const customData = {
    ...fill(
      cleared.filter((name) => !CLAIMS.has(name)),
      null,
    ),
    ...values.customData,
  };
  await transaction(visit.scope, async (tx) => {
    if (Object.keys(claims).length > 0) await visit.call(updateMyProfile, { body: claims }, tx);
    if (Object.keys(customData).length > 0) await visit.call(updateMyAccount, { body: { customData } }, tx);
  });
}

const fill = <Value>(names: readonly string[], value: Value): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** Largest picture, in bytes; the operation judges it, this only keeps a form from growing beyond measure. */
const PICTURE_LIMIT = 8 * 1024 * 1024;

/** A picture comes as a file, and its form's token as a field before it. */
function mountAvatar(routes: AccountRoutes, { http, deps }: RouteContext): void {
  http.post(accountPaths.avatar, (request, reply) =>
    routes.withOwner(request, reply, async (visit) => {
      const part = await request.file({ limits: { fileSize: PICTURE_LIMIT, files: 1, fields: 4, parts: 5 } });
      const token = part?.fields.csrf;
      checkForm(deps.csrfKey, visit, token && 'value' in token ? token.value : undefined);
      const upload = await part?.toBuffer();
      if (!upload || upload.length === 0) throw fail('form.required', { data: { field: 'file' } });
      const { url } = await visit.call(uploadMyAvatar, { upload });
      await visit.call(updateMyAccount, { body: { avatar: url } });
      return reply.redirect(`${request.tenant.basePath}${accountPaths.profile}?done=avatar`, 303);
    }),
  );
  routes.form(accountPaths.avatarRemove, async (visit) => {
    await visit.call(updateMyAccount, { body: { avatar: null } });
    return SAVED('avatar-removed');
  });
}

/** What the owner is called and looks like, and what the tenant asks beside. */
export function mountProfile(routes: AccountRoutes, context: RouteContext): void {
  const { deps } = context;
  routes.page(accountPaths.profile, 'profile', (visit) => profilePage(deps, visit));
  mountAvatar(routes, context);

  routes.task({
    path: accountPaths.name,
    section: 'profile',
    show: async (visit, { values }) => {
      const { name } = await visit.call(getMyAccount, {});
      return textTask('name', values.name ?? name ?? '', false);
    },
    async act(visit, fields) {
      await visit.call(updateMyAccount, { body: { name: text(fields, 'name') || null } });
      return SAVED('name');
    },
  });

  routes.task({
    path: accountPaths.username,
    section: 'profile',
    show: async (visit, { values }) => {
      // A change of it needs the proof: asked for before it is typed, not after.
      await visit.requireProof();
      const { username } = await visit.call(getMyAccount, {});
      return textTask('username', values.username ?? visit.query.identifier ?? username ?? '', true);
    },
    async act(visit, fields) {
      const username = required(fields, 'username').trim();
      await orInvalid('user.invalid_username', () => visit.call(updateMyAccount, { body: { username } }));
      return SAVED('username');
    },
  });

  routes.task({
    path: accountPaths.profileEdit,
    section: 'profile',
    show: async (visit, { values }) => {
      const fields = await questions(deps, visit, 'edit');
      if (fields.length === 0) return { to: accountPaths.profile };
      const known = Object.entries(answersOf(fields, await visit.call(getMyAccount, {})));
      const prefixed = Object.fromEntries(known.map(([name, value]) => [`profile.${name}`, value]));
      return { page: 'account-answers', fields, values: { ...prefixed, ...values } };
    },
    async act(visit, fields) {
      await saveAnswers(deps, visit, profileValues(fields));
      return SAVED('profile');
    },
  });
}

const textTask = (what: 'name' | 'username', value: string, isRequired: boolean): AccountBody => ({
  page: 'account-text',
  what,
  path: accountPaths[what],
  value,
  required: isRequired,
});
