import type * as contract from '@latchkey/server/contract';

type Definition = contract.OperationDefinition;

/** Every operation that the server declares. */
type Operation = Extract<(typeof contract)[keyof typeof contract], Definition>;

type ByName = { [Op in Operation as `${Op['method']} ${Op['path']}`]: Op };

/** An operation by its method and path, as documented: `GET /api/applications/:id`. */
export type OperationName = keyof ByName;

/** The operations that answer a list, page by page or on request. */
export type ListName = {
  [Name in OperationName]: ByName[Name] extends { paging: string } ? Name : never;
}[OperationName];

type Params<Op extends Definition> = Op extends { params: object } ? { params: contract.ParamsOf<Op> } : object;
type Body<Op extends Definition> = Op extends { body: object } ? { body: contract.BodyInputOf<Op> } : object;
type Paging<Op extends Definition> = Op extends { paging: string } ? { page?: number; page_size?: number } : object;
type Search<Op extends Definition> = Op extends { search: readonly string[] }
  ? { search?: string; 'search.id'?: readonly string[]; 'mode.id'?: 'exact' }
  : object;
/** The file of an upload. */
type Upload<Op extends Definition> = Op extends { upload: object }
  ? {
      file: File;
      /** Hears which part of the file has been sent, from 0 to 1. */
      onProgress?: (part: number) => void;
    }
  : object;
type Query<Op extends Definition> = { query?: contract.QueryInputOf<Op> & Paging<Op> & Search<Op> };

/** What a request of an operation takes beside its name. */
export type RequestOf<Name extends OperationName> = Params<ByName[Name]> &
  Body<ByName[Name]> &
  Upload<ByName[Name]> &
  Query<ByName[Name]> & { signal?: AbortSignal };

/** What an operation's successful answer resolves to. */
export type AnswerOf<Name extends OperationName> = contract.ResponseOf<ByName[Name]>;

/** One entry of a list operation's answer. */
export type ItemOf<Name extends ListName> = AnswerOf<Name> extends readonly (infer Item)[] ? Item : never;
