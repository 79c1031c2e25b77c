import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '#shared/contract'

/** The OpenAPI document of the REST API, made from the contract. */
export async function openApiDocument(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(contract, {
    info: {
      title: 'Lepton Studio',
      version,
      description:
        'The same API that the screens use. Research aid, not a certified medical device. Errors are FAULT with a code, what was expected, what came and what to do.',
    },
    servers: [{ url: '/api' }],
  })
}
