import * as z from 'zod';
import { type Operation, operations } from './operations.ts';

const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'openapi-3.0',
    reused: 'inline',
  });
  return rest;
};

const content = (schema: z.ZodType, io: 'input' | 'output') => ({
  content: { 'application/json': { schema: jsonSchemaOf(schema, io) } },
});

const failures = {
  '400': { description: 'The request is invalid; `error` and `problems` say why' },
  '401': { description: 'The token is missing or wrong' },
  '404': { description: 'What the path names does not exist' },
};

const describeOperation = ({ name, summary, path, body, response }: Operation) => ({
  operationId: name,
  summary,
  ...(path.includes(':id') && {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  }),
  ...(body && { requestBody: { required: true, ...content(body, 'input') } }),
  responses: { '200': { description: 'Done', ...content(response, 'output') }, ...failures },
});

const events = {
  get: {
    operationId: 'watchEvents',
    summary: 'Server-sent events: `log` with new and changed entries, `change` with what changed',
    responses: {
      '200': {
        description: 'A stream',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      ...failures,
    },
  },
};

const byPath = (): Record<string, Record<string, unknown>> => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(':id', '{id}');
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describeOperation(operation),
    };
  }
  return paths;
};

/** The control API as an OpenAPI 3.0 document, generated from the schemas of its operations. */
export const openApiDocument = (): Record<string, unknown> => ({
  openapi: '3.0.3',
  info: {
    title: 'xsoar-duo simulator: control API',
    version: '1',
    description: 'Controls a running Duo simulator: its users, phones, faults and clock.',
  },
  servers: [{ url: '/control' }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  paths: { ...byPath(), '/events': events },
});
