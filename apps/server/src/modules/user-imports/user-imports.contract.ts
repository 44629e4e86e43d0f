import { z } from 'zod';
import {
  defineOperation,
  jsonObject,
  noContent,
  queryFlag,
  timestamp,
  webAddress,
} from '../../kernel/wire.contract.ts';
import { email, passwordAlgorithm, phone, userIdentity, username, userProfile } from '../users/users.contract.ts';

const tag = 'User import and export';

/** 64 MiB: about 200,000 users with the digests of their passwords. */
const MAX_IMPORT_BYTES = 64 * 1_048_576;

export const transferFormat = z.enum(['csv', 'ndjson']);
const fileFormat = transferFormat.default('csv').describe('CSV, or one JSON object a line.');
export type TransferFormat = z.infer<typeof transferFormat>;

const instant = z.union([z.iso.datetime({ offset: true }), z.number().int().nonnegative()]);

/** One user of a file: a line of NDJSON, or a row of CSV by the names of its columns. */
export const importedRow = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{1,21}$/, 'must be at most 21 letters, digits, _ or -')
    .optional(),
  username: username.optional(),
  primaryEmail: email.optional(),
  emailVerified: z.boolean().optional().describe('True unless said otherwise.'),
  primaryPhone: phone.optional(),
  name: z.string().max(128).optional(),
  avatar: webAddress.optional(),
  passwordDigest: z.string().max(512).optional(),
  passwordAlgorithm: passwordAlgorithm.optional(),
  customData: jsonObject.optional(),
  profile: userProfile.optional(),
  identities: z
    .record(z.string().min(1).max(128), userIdentity.extend({ userId: z.string().min(1).max(512) }))
    .optional()
    .describe('Accounts at providers, by target.'),
  isSuspended: z.boolean().optional(),
  createdAt: instant.optional().describe('ISO 8601 with a zone, or milliseconds since 1970.'),
  roleNames: z.array(z.string()).max(100).optional().describe('Given beside the default roles.'),
});
export type ImportedRow = z.infer<typeof importedRow>;

/** Columns of a file, in the order in which an export writes them. */
export const importColumns = Object.keys(importedRow.shape) as (keyof ImportedRow)[];

export const userImport = z.object({
  id: z.string(),
  format: transferFormat,
  isDryRun: z.boolean(),
  status: z.enum(['Waiting', 'Running', 'Completed', 'Failed', 'Cancelled']),
  failure: z.string().nullable().describe('Why the file as a whole could not be read.'),
  total: z.number().int().nullable().describe('Rows of the file; null until they have been counted.'),
  processed: z.number().int(),
  created: z.number().int().describe('Users created; in a dry run, who would have been.'),
  refused: z.number().int().describe('Rows that are in the error report.'),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type UserImport = z.infer<typeof userImport>;

const params = z.object({ id: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;

export const createUserImport = defineOperation({
  method: 'POST',
  path: '/api/user-imports',
  tag,
  summary: 'Import users',
  description: `Takes a file of users, with digests of their passwords if there are any, and creates them in the background. CSV has a first row of column names, NDJSON one object a line; the names are ${importColumns.join(', ')}. In CSV, \`customData\`, \`profile\`, \`identities\` and \`roleNames\` are JSON, and an empty cell says nothing. A row that cannot be taken is refused by itself and stands in the error report. New users get default roles and join organizations by the domain of their address, as others do; webhooks are not called for each of them. A dry run checks everything and changes nothing.`,
  query: z.object({
    format: fileFormat,
    dryRun: queryFlag.describe('Checks every row and changes nothing.'),
  }),
  upload: { maxBytes: MAX_IMPORT_BYTES, description: 'A CSV or NDJSON file in UTF-8 of at most 64 MiB.' },
  response: { 201: userImport },
  errors: {
    422: [
      'user_import.empty_file',
      'user_import.not_utf8',
      'user_import.unknown_columns',
      'user_import.repeated_columns',
    ],
  },
});

export const listUserImports = defineOperation({
  method: 'GET',
  path: '/api/user-imports',
  tag,
  summary: 'List imports',
  description: 'The newest first.',
  paging: 'always',
  response: { 200: z.array(userImport) },
});

export const getUserImport = defineOperation({
  method: 'GET',
  path: '/api/user-imports/:id',
  tag,
  summary: 'Get an import',
  description: 'How far it is.',
  params,
  response: { 200: userImport },
  errors: notFound,
});

export const exportUserImportErrors = defineOperation({
  method: 'GET',
  path: '/api/user-imports/:id/errors',
  tag,
  summary: 'Download the error report',
  description:
    'A CSV file of the rows that were refused: the row’s number (the first user of the file is 1), what it calls its user, the code and what to do. The first 10,000 are kept.',
  params,
  mediaTypes: ['text/csv'],
  response: { 200: z.string() },
  errors: notFound,
});

export const cancelUserImport = defineOperation({
  method: 'POST',
  path: '/api/user-imports/:id/cancel',
  tag,
  summary: 'Cancel an import',
  description: 'What is not read yet is left out; users that were created stay.',
  params,
  response: { 204: noContent },
  errors: { ...notFound, 422: ['user_import.already_finished'] },
});

export const exportUsers = defineOperation({
  method: 'GET',
  path: '/api/user-exports',
  tag,
  summary: 'Export users',
  description:
    'All users of the tenant, or those that the search finds, in the format that an import takes, as a stream of any length. Digests of passwords are in it only when `includePasswordHash` is sent.',
  query: z.object({
    format: fileFormat,
    includePasswordHash: queryFlag.describe('Adds the digests of passwords.'),
  }),
  search: ['id', 'primaryEmail', 'primaryPhone', 'username', 'name'],
  mediaTypes: ['text/csv', 'application/x-ndjson'],
  response: { 200: z.string() },
});
