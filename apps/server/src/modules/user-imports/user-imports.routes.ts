import { Readable } from 'node:stream';
import { RequestError } from '../../kernel/errors.ts';
import { acceptedLanguages } from '../../kernel/http.ts';
import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { transferFormats, writeErrors } from './transfer-formats.ts';
import * as contract from './user-imports.contract.ts';
import type { UserImportsService } from './user-imports.service.ts';
import type { ImportError, ImportRow } from './user-imports.store.ts';

const toImport = ({ createdAt, finishedAt, ...row }: ImportRow): contract.UserImport => ({
  ...row,
  createdAt: createdAt.getTime(),
  finishedAt: finishedAt?.getTime() ?? null,
});

const attachment = (name: string) => `attachment; filename="${name}"`;

export function userImportsRoutes(service: UserImportsService): Routes {
  const writeUsers = async function* (
    batches: ReturnType<UserImportsService['users']>,
    format: contract.TransferFormat,
  ) {
    const { head, write } = transferFormats[format];
    if (head) yield head;
    for await (const users of batches) yield write(users);
  };

  const writeReport = async function* (batches: AsyncIterable<ImportError[]>, languages: readonly string[]) {
    yield writeErrors.head;
    for await (const errors of batches) {
      yield writeErrors.write(
        errors.map(({ row, identifier, code, details }) => {
          const { message } = new RequestError(code, 422).body(languages);
          return [String(row), identifier, code, message, details ?? ''];
        }),
      );
    }
  };

  return (route) => {
    route(contract.createUserImport, async ({ scope, query, upload }) =>
      toImport(await service.create(scope, { format: query.format, isDryRun: query.dryRun, content: upload })),
    );

    route(contract.listUserImports, async ({ scope, page = FIRST_PAGE, setTotal }) => {
      const { rows, total } = await service.list(scope, page);
      setTotal(total);
      return rows.map(toImport);
    });

    route(contract.getUserImport, async ({ scope, params }) => toImport(await service.get(scope, params.id)));

    route(contract.exportUserImportErrors, async ({ scope, params, request, reply }) => {
      const { id } = await service.get(scope, params.id);
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(`user-import-${id}-errors.csv`))
        .send(
          Readable.from(writeReport(service.errors(scope, id), acceptedLanguages(request.headers['accept-language']))),
        );
    });

    route(contract.cancelUserImport, ({ scope, params }) => service.cancel(scope, params.id));

    route(contract.exportUsers, async ({ scope, query, search, reply }) => {
      const { format, includePasswordHash } = query;
      await service.recordExport(scope, { format, includePasswordHash, filtered: search !== undefined });
      reply
        .type(transferFormats[format].mediaType)
        .header('content-disposition', attachment(`users-${scope.now.toISOString().slice(0, 10)}.${format}`))
        .send(Readable.from(writeUsers(service.users(scope, { withHashes: includePasswordHash, search }), format)));
    });
  };
}
