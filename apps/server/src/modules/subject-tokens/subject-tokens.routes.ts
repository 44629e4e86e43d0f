import type { Routes } from '../../kernel/operations.ts';
import * as contract from './subject-tokens.contract.ts';
import type { SubjectTokensService } from './subject-tokens.service.ts';
import { toToken } from './subject-tokens.wire.ts';

export function subjectTokensRoutes(service: SubjectTokensService): Routes {
  return (route) => {
    route(contract.createSubjectToken, async ({ scope, body }) => {
      const { value, expiresIn } = await service.createSubjectToken(scope, body.userId, body.context ?? {});
      return { subjectToken: value, expiresIn };
    });

    route(contract.listPersonalAccessTokens, async ({ scope, params }) =>
      (await service.list(scope, params.userId)).map((row) => toToken(row)),
    );

    route(contract.createPersonalAccessToken, async ({ scope, params, body }) => {
      const { row, value } = await service.create(scope, params.userId, body);
      return toToken(row, value);
    });

    route(contract.renamePersonalAccessToken, async ({ scope, params, body }) =>
      toToken(await service.rename(scope, params.userId, body.currentName ?? '', body.name)),
    );

    route(contract.renamePersonalAccessTokenByPath, async ({ scope, params, body }) =>
      toToken(await service.rename(scope, params.userId, params.name, body.name)),
    );

    route(contract.deletePersonalAccessToken, ({ scope, params, body }) =>
      service.remove(scope, params.userId, body.name),
    );

    route(contract.deletePersonalAccessTokenByPath, ({ scope, params }) =>
      service.remove(scope, params.userId, params.name),
    );
  };
}
