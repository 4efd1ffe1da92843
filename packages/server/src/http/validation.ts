import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import type { Issue } from '../domain/refusal.ts';

/** A body, query or path that does not fit its schema. */
export class InvalidInput extends Error {
  readonly issues: Issue[];

  constructor(issues: Issue[]) {
    super('the request does not fit its schema');
    this.name = 'InvalidInput';
    this.issues = issues;
  }
}

/** A JSON schema as far as messages need it. A description is a noun phrase that reads after "must be". */
interface SchemaNode {
  type?: string;
  description?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
}

interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
  message: string;
}

/** More would not be read. */
const MAX_ISSUES = 20;

// TypeBox stops at 8, and one value that is none of five choices makes six.
Settings.Set({ maxErrors: 10 * MAX_ISSUES });

/**
 * Checks requests with TypeBox and says what is wrong where. Bodies are taken as they are: "10" is no number.
 * Queries are text by nature, so there "10" becomes 10 where a whole number is wanted.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (input: unknown) => {
    const value = httpPart === 'querystring' ? readQuery(schema as SchemaNode, input) : input;
    if (!check.Check(value)) {
      return {
        error: new InvalidInput(issuesOf(schema as SchemaNode, check.Errors(value) as SchemaError[])),
      };
    }
    const unstorable = unstorableTextIn(value);
    return unstorable.length === 0 ? { value } : { error: new InvalidInput(unstorable) };
  };
};

/** TypeBox's own conversion would make 1 of "1.5" and of "true"; this one leaves them to be refused. */
function readQuery(schema: SchemaNode, input: unknown): unknown {
  return Object.fromEntries(
    Object.entries(input as Record<string, unknown>).map(([name, value]) => {
      const type = schema.properties?.[name]?.type;
      if (type === 'integer' && typeof value === 'string' && /^\d{1,9}$/.test(value))
        return [name, Number(value)];
      if (type === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true'];
      return [name, value];
    }),
  );
}

/**
 * Where text has the character U+0000, or half a surrogate pair: JSON can hold both, and no column of the database can.
 * Level by level instead of by calling itself: a body of 64 KiB has room for more levels than the stack.
 */
function unstorableTextIn(value: unknown): Issue[] {
  const issues: Issue[] = [];
  const parts: { part: unknown; path: string }[] = [{ part: value, path: '' }];
  for (const { part, path } of parts) {
    if (typeof part === 'string' && part.includes('\0'))
      issues.push({ path, message: 'must not have the character U+0000 in it' });
    else if (typeof part === 'string' && !part.isWellFormed())
      issues.push({ path, message: 'must not have half a surrogate pair (U+D800 to U+DFFF) in it' });
    if (typeof part !== 'object' || part === null) continue;
    for (const [key, inside] of Object.entries(part))
      parts.push({ part: inside, path: path === '' ? key : `${path}.${key}` });
  }
  return issues;
}

function issuesOf(schema: SchemaNode, errors: SchemaError[]): Issue[] {
  const byPath = new Map<string, Issue>();
  for (const issue of errors.flatMap((error) => describe(schema, error))) {
    // The first complaint about a field is the most general one.
    if (!byPath.has(issue.path)) byPath.set(issue.path, issue);
  }
  return [...byPath.values()].slice(0, MAX_ISSUES);
}

function describe(schema: SchemaNode, { keyword, instancePath, params, message }: SchemaError): Issue[] {
  const keys = instancePath.split('/').slice(1).map(unescapeKey);
  if (keyword === 'required' && 'requiredProperties' in params) {
    return (params.requiredProperties as string[]).map((name) => {
      const wanted = wantedAt(schema, [...keys, name]);
      return { path: [...keys, name].join('.'), message: wanted ? `is required: ${wanted}` : 'is required' };
    });
  }
  // A strict object's schema for fields that it does not have is `false`. After each comes a summary of them.
  if (keyword === 'additionalProperties') return [];
  if (keyword === 'boolean') {
    const path = keys.map((key) => key.slice(0, 100)).join('.');
    return [{ path, message: 'is not a field of this request; take it out or check its spelling' }];
  }
  const wanted = wantedAt(schema, keys);
  return [{ path: keys.join('.') || 'body', message: wanted ? `must be ${wanted}` : message }];
}

/** A key as it stands in a JSON Pointer. */
function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What stands after "must be". */
function wantedAt(schema: SchemaNode, keys: string[]): string | undefined {
  const node = nodeAt(schema, keys);
  return node?.description ?? (node?.type === 'object' ? 'a JSON object' : undefined);
}

function nodeAt(schema: SchemaNode, keys: string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (const key of keys) node = node?.properties?.[key] ?? (/^\d+$/.test(key) ? node?.items : undefined);
  return node;
}
